using Ecart.Detection;
using Ecart.Profiles;
using Ecart.Vectors;

namespace Ecart.Eval.Simulator;

/// <summary>
/// The product's profile of an entity, with its defaults: distance to the centroid of a month in the entity's own deviations; what is anomalous by its own
/// rule is not learned. Measurements are lifted onto the unit sphere, as embeddings are.
/// </summary>
internal sealed class ProfileCandidate : IStreamCandidate
{
    /// <summary>Keeps usual values on a part of the sphere that is nearly flat.</summary>
    private const float Lift = 16;

    private static readonly DateTime Begin = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private readonly ProfileOptions options = new();
    private readonly ProfileDistanceOptions distanceOptions = new();
    private readonly ProfileWindow window = new(SimulatedEntity.Dimension + 1, 0, new ProfileOptions());
    private readonly float[] embedding = new float[SimulatedEntity.Dimension + 1];
    private readonly float[] centroid = new float[SimulatedEntity.Dimension + 1];
    private double distance;
    private int count;
    private bool isAnomalous;

    /// <inheritdoc/>
    public double Score(float[] vector, int time)
    {
        vector.CopyTo(embedding, 0);
        embedding[^1] = Lift;
        VectorMath.NormalizeInPlace(embedding);
        DateTime at = At(time);
        ProfileSummary summary = window.Summarize((int)(at.Ticks / TimeSpan.TicksPerDay), centroid);
        count = summary.Count;
        distance = count > 0 ? VectorMath.Distance(embedding, centroid) : double.NaN;
        ProfileDistance? measured = ProfileDistance.Measure(
            distance, count, summary.DistanceMean, summary.DistanceDeviation, options, distanceOptions);
        isAnomalous = measured is { IsAnomalous: true };
        return measured is { } known ? Math.Max(0, (known.Distance - known.Mean) / known.Sigma) : 0;
    }

    /// <inheritdoc/>
    public void Learn(float[] vector, int time)
    {
        if (isAnomalous) return;
        DateTime at = At(time);
        window.Add(new ProfileObservation
        {
            Ticks = at.Ticks,
            LocalHour = at.Hour,
            Vector = embedding,
            Distance = distance * Math.Sqrt(count / (count + 1.0)),
        });
    }

    private static DateTime At(int time) => Begin.AddHours(time / (double)SimulatedStream.PerHour);
}
