namespace Ecart.Client.Alerts;

/// <summary>A feature that made an event stand out.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Share">Its share of the distance, 0 to 1.</param>
public sealed record AlertFeature(string Name, double Share);
