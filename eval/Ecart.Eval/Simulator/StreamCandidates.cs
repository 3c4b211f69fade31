using Ecart.Detection.Streaming;

namespace Ecart.Eval.Simulator;

/// <summary>Every detector that is compared: the streaming ones with their defaults, and the product's own profile distance.</summary>
internal static class StreamCandidates
{
    /// <summary>Names, and how one is made for an entity.</summary>
    public static IReadOnlyList<(string Name, Func<IStreamCandidate> Make)> All { get; } =
    [
        .. StreamDetectors.All.Select(kind => (kind, (Func<IStreamCandidate>)(
            () => new VectorCandidate(StreamDetectors.Make(kind, SimulatedEntity.Dimension))))),
        ("profile_distance", () => new ProfileCandidate()),
    ];

    private sealed class VectorCandidate(IStreamDetector detector) : IStreamCandidate
    {
        public double Score(float[] vector, int time) => detector.Score(vector);

        public void Learn(float[] vector, int time) => detector.Learn(vector);
    }
}
