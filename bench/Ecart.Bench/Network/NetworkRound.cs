using System.Diagnostics;
using Ecart.Domains.Network;
using Ecart.Domains.Network.Decoding;
using Ecart.Events.Decoding;
using Ecart.Scoring;
using Ecart.Streaming.Files;

namespace Ecart.Bench.Network;

/// <summary>Goes through a log once: reads it, scores it, and both in turns.</summary>
internal sealed class NetworkRound(string path)
{
    /// <summary>Days of event time after which every structure has the size that it keeps: the window of profiles and populations and some more.</summary>
    private const int WarmDays = 45;
    private readonly Verdict verdict = new(NetworkLayout.Dimension);

    /// <summary>Seconds to read the log.</summary>
    public double Parse(List<NetworkFlow>? into = null)
    {
        long start = Stopwatch.GetTimestamp();
        Read(flow => into?.Add(flow));
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Seconds to read the log, scoring each connection as it comes.</summary>
    public double ParseAndScore()
    {
        var engine = new NetworkEngine(new NetworkOptions());
        long seq = 0;
        long start = Stopwatch.GetTimestamp();
        Read(flow => Take(engine, flow, ++seq));
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Seconds to score connections that were read, and the bytes that this allocates with an engine that knows their sources already.</summary>
    public (double Seconds, long Bytes) Score(List<NetworkFlow> flows)
    {
        var engine = new NetworkEngine(new NetworkOptions());
        TimeSpan span = flows[^1].OccurredAt - flows[0].OccurredAt + TimeSpan.FromSeconds(1);
        int passes = Math.Max(2, (int)Math.Ceiling(WarmDays / span.TotalDays));
        long seq = 0;
        for (int pass = 0; pass < passes; pass++)
            foreach (NetworkFlow flow in flows) Take(engine, Later(flow, pass * span), ++seq);
        List<NetworkFlow> measured = [.. flows.Select(flow => Later(flow, passes * span))];
        long before = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        foreach (NetworkFlow flow in measured) Take(engine, flow, ++seq);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return (seconds, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static NetworkFlow Later(NetworkFlow flow, TimeSpan time) => new()
    {
        EventUid = flow.EventUid,
        OccurredAt = flow.OccurredAt + time,
        SourceAddress = flow.SourceAddress,
        SourcePort = flow.SourcePort,
        DestinationAddress = flow.DestinationAddress,
        DestinationPort = flow.DestinationPort,
        Protocol = flow.Protocol,
        Service = flow.Service,
        BytesOut = flow.BytesOut,
        BytesIn = flow.BytesIn,
        PacketsOut = flow.PacketsOut,
        PacketsIn = flow.PacketsIn,
        DurationSeconds = flow.DurationSeconds,
        State = flow.State,
        Flags = flow.Flags,
        SourceScope = flow.SourceScope,
        DestinationScope = flow.DestinationScope,
    };

    private void Take(NetworkEngine engine, NetworkFlow flow, long seq)
    {
        engine.Score(flow, verdict);
        engine.Learn(new ScoredEvent(flow, verdict, 0, seq));
    }

    private void Read(Action<NetworkFlow> take)
    {
        var decoder = new NetworkDecoder();
        if (!RecordReader.TryOpen([path], decoder, FieldMap.Automatic(decoder.Schema), null, out RecordReader? reader, out FileFailure? failure))
            throw new InvalidOperationException(failure.Message);
        using RecordReader opened = reader;
        while (opened.TryRead(out FileRecord record))
            if (record.Event is NetworkFlow flow) take(flow);
    }
}
