namespace Ecart.App.Alerts;

/// <summary>A feature of an event and its part in how far the event is from what is usual.</summary>
/// <param name="Name">Name of the feature in the domain's layout.</param>
/// <param name="Share">Its share of the squared distance, 0 to 1.</param>
public sealed record FeatureShare(string Name, double Share);
