using System.Diagnostics;
using Ecart.Domains.Transactions;
using Ecart.Scoring;

namespace Ecart.Bench.Pipeline;

/// <summary>Scores and learns on one thread, without a store: an engine that knows every account, then the clock.</summary>
internal static class ScoringRun
{
    /// <summary>Days that the stream repeats itself after. An entity is forgotten only when it is not seen for longer.</summary>
    private const int Days = 30;

    /// <summary>Passes before the clock: they fill the windows, and after a few every structure has the size that the next pass needs.</summary>
    private const int WarmPasses = 6;

    /// <summary>Scores and learns a stream over and over and measures the last pass.</summary>
    public static ScoringResult Measure(PipelineBenchmarkOptions options)
    {
        TransactionEvent[] events = EventStream.GenerateDays(options.Accounts, Days);
        var engine = new TransactionEngine(new TransactionOptions());
        var verdict = new Verdict(engine.Dimension);
        long seq = 0;
        for (int pass = 0; pass < WarmPasses; pass++) Process(engine, EventStream.Later(events, pass * Days), verdict, ref seq);

        TransactionEvent[] measured = EventStream.Later(events, WarmPasses * Days);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long started = Stopwatch.GetTimestamp();
        Process(engine, measured, verdict, ref seq);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        return new ScoringResult(measured.Length / elapsed.TotalSeconds, (double)allocated / measured.Length);
    }

    private static void Process(TransactionEngine engine, TransactionEvent[] events, Verdict verdict, ref long seq)
    {
        foreach (TransactionEvent transaction in events)
        {
            engine.Score(transaction, verdict);
            var scored = new ScoredEvent(transaction, verdict, 0, ++seq);
            engine.Learn(in scored);
        }
    }
}
