namespace Ecart.Streaming.Explanation;

/// <summary>A feature of an event that drove what a detector says of it.</summary>
/// <param name="Kind">The detector, or <c>behavior_distance</c>.</param>
/// <param name="Version">Its model; that of the layout for <c>behavior_distance</c>.</param>
/// <param name="Feature">Name of the feature in the domain's layout.</param>
/// <param name="Share">Its share of what drove the score, 0 to 1.</param>
public sealed record DrivingFeature(string Kind, int Version, string Feature, double Share);
