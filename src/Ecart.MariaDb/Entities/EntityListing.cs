namespace Ecart.MariaDb.Entities;

/// <summary>An entity in a list.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="EntityType">Its type.</param>
/// <param name="EntityId">Its id.</param>
/// <param name="ObservationCount">Normal events in its profile; null for one that has none, as merchants.</param>
/// <param name="LastUpdated">When the profile was published, UTC; for one without, the newest day with events.</param>
public sealed record EntityListing(string Domain, string EntityType, string EntityId, int? ObservationCount, DateTime LastUpdated);
