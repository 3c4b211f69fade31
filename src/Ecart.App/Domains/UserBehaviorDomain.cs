using Ecart.Domains.UserBehavior;
using Ecart.Events;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;

namespace Ecart.App.Domains;

/// <summary>What users do: log-ins, commands, API calls.</summary>
internal sealed class UserBehaviorDomain : IServedDomain
{
    /// <inheritdoc/>
    public string Name => UserBehaviorEvent.DomainName;

    /// <inheritdoc/>
    public string ScoredColumns => "user,event_type,resource,outcome";

    /// <inheritdoc/>
    public IDomainSettings Read(string json) => new UserBehaviorSettings(UserBehaviorOptionsJson.Deserialize(json));

    /// <inheritdoc/>
    public IEventTable MakeTable() => new UserBehaviorTable();

    /// <inheritdoc/>
    public void AppendScored(DomainEvent domainEvent, Verdict verdict, List<string> values)
    {
        var action = (UserBehaviorEvent)domainEvent;
        values.Add(action.UserId);
        values.Add(action.EventType);
        values.Add(action.Resource ?? "");
        values.Add(action.Outcome == ActionOutcome.Unknown ? "" : action.Outcome.ToString().ToLowerInvariant());
    }

    /// <inheritdoc/>
    public Task<int> PublishAsync(IDomainEngine engine, string connectionString, CancellationToken cancellationToken)
    {
        var fresh = (UserBehaviorEngine)engine.MakeFresh();
        return EntityPublication.RunAsync(
            fresh,
            fresh.ConfigurationVersion,
            fresh.Options.Profile.WindowDays,
            new EntityProfileTable(Name),
            () => fresh.PublishProfiles(null),
            connectionString,
            cancellationToken);
    }
}
