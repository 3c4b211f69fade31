using Ecart.MariaDb.Entities;
using Ecart.MariaDb.Exceptions;

namespace Ecart.App.Entities;

/// <summary>Puts together what is told of an entity, for page, API and command line. Thread-safe.</summary>
internal sealed class EntityDesk(string connectionString)
{
    private const int MostEvents = 300;
    private const int MostAlerts = 20;
    private readonly EntityEvents events = new(connectionString);
    private readonly ExceptionStore exceptions = new(connectionString);

    /// <summary>Profiles, days and alerts.</summary>
    public EntityStore Store { get; } = new(connectionString);

    /// <summary>What is told of an entity.</summary>
    /// <returns>Null when nothing is known of it.</returns>
    public async Task<EntityReport?> FindAsync(EntityName name, CancellationToken cancellationToken)
    {
        EntityProfile? profile = await Store.FindProfileAsync(name, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<EntityEvent> newest = await events.ReadAsync(name, MostEvents, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<EntityDay> days = await Store.ReadDaysAsync(name, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<EntityAlert> alerts = await Store.ReadAlertsAsync(name, MostAlerts, cancellationToken).ConfigureAwait(false);
        if (profile is null && newest.Count == 0 && days.Count == 0 && alerts.Count == 0) return null;
        IReadOnlyList<ExceptionRow> covering = await exceptions.ReadOfEntityAsync(name.Domain, name.EntityType, name.EntityId, cancellationToken).ConfigureAwait(false);
        return new EntityReport(
            name, profile, [.. UsualFacts.Of(profile, newest, days)], [.. LatestFacts.Of(profile, newest)], [.. EntityPlots.Of(profile, newest, days)], newest, alerts, covering);
    }
}
