using Ecart.Detection.Streaming.TimeSeries;

namespace Ecart.Eval.Simulator;

/// <summary>The time-series detector: it sees the first measurement alone, and the time.</summary>
internal sealed class SeriesCandidate : IStreamCandidate
{
    private readonly TimeSeriesDetector detector = new();

    /// <inheritdoc/>
    public bool TellsOnce => true;

    /// <inheritdoc/>
    public double Score(float[] vector, int time) => detector.Score(SimulatedStream.TimeOf(time), vector[SimulatedEntity.ContextLength]);

    /// <inheritdoc/>
    public void Learn(float[] vector, int time) => detector.Learn(SimulatedStream.TimeOf(time), vector[SimulatedEntity.ContextLength]);
}
