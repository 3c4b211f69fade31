using System.Diagnostics;

namespace Ecart.Streaming.Pipeline;

/// <summary>A stage being measured, with its span. Dispose once.</summary>
public sealed class StageMeasurement : IDisposable
{
    private readonly string stage;
    private readonly long begunAt = Stopwatch.GetTimestamp();
    private readonly Activity? activity;

    internal StageMeasurement(string stage, Activity? activity)
    {
        this.stage = stage;
        this.activity = activity;
    }

    /// <summary>Ends the stage.</summary>
    public void Dispose()
    {
        activity?.Dispose();
        PipelineTelemetry.End(stage, Stopwatch.GetElapsedTime(begunAt));
    }
}
