using System.Diagnostics;

namespace Ecart.Bench.Pipeline;

/// <summary>
/// Times a run, and the processor time that the program and its server spend in it: what other work on the machine disturbs less than the clock.
/// </summary>
/// <param name="serverProcess">Id of the server's process; null for a server elsewhere.</param>
internal readonly struct ProcessorMeter(int? serverProcess)
{
    private readonly long started = Stopwatch.GetTimestamp();
    private readonly TimeSpan? spent = Spent(serverProcess);

    /// <summary>What was reached since the meter was made.</summary>
    public Throughput Read(int events)
    {
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        TimeSpan? processor = Spent(serverProcess) - spent;
        return new Throughput(events / seconds, processor is { } used ? used.TotalMicroseconds / events : double.NaN);
    }

    private static TimeSpan? Spent(int? serverProcess)
    {
        if (serverProcess is not { } id) return null;
        using Process program = Process.GetCurrentProcess();
        using Process server = Process.GetProcessById(id);
        return program.TotalProcessorTime + server.TotalProcessorTime;
    }
}
