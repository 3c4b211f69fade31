using Ecart.Detection.Streaming;
using Ecart.Detection.Streaming.TimeSeries;

namespace Ecart.Eval.Simulator;

/// <summary>Every detector that is compared: the streaming ones with their defaults, and the product's own profile distance, the time-series detector on one measurement.</summary>
internal static class StreamCandidates
{
    /// <summary>Names, and how one is made for an entity.</summary>
    public static IReadOnlyList<(string Name, Func<IStreamCandidate> Make)> All { get; } =
    [
        .. StreamDetectors.All.Select(kind => (kind, (Func<IStreamCandidate>)(
            () => new VectorCandidate(StreamDetectors.Make(kind, SimulatedEntity.Dimension))))),
        ("profile_distance", () => new ProfileCandidate()),
        (TimeSeriesDetector.Kind, () => new SeriesCandidate()),
    ];

    private sealed class VectorCandidate(IStreamDetector detector) : IStreamCandidate
    {
        public double Score(float[] vector, int time) => detector.Score(vector);

        public void Learn(float[] vector, int time) => detector.Learn(vector);
    }
}
