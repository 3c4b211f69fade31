namespace Ecart.Profiles;

/// <summary>An entity's profile as SQL users see it: a publication of the state that scores, at one place of the lane's log.</summary>
/// <param name="EntityType">Type of the entity.</param>
/// <param name="EntityId">The entity.</param>
/// <param name="Centroid">Centroid, of the domain's dimension.</param>
/// <param name="ObservationCount">Normal events in the window.</param>
/// <param name="DistanceMean">Mean distance expected of a new normal event; NaN while none is known.</param>
/// <param name="DistanceDeviation">Standard deviation of that distance, not floored.</param>
/// <param name="Lane">Lane of the entity.</param>
/// <param name="Seq">Last log entry that is included.</param>
public sealed record PublishedEntityProfile(
    string EntityType, string EntityId, float[] Centroid, int ObservationCount, double DistanceMean, double DistanceDeviation, int Lane, long Seq);
