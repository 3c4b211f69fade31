using System.Collections.Concurrent;
using Ecart.App.Domains;
using Ecart.Detection;
using Ecart.Domains.Iot;
using Ecart.Domains.Network;
using Ecart.Domains.Transactions;
using Ecart.Domains.UserBehavior;
using Ecart.MariaDb.Configuration;
using Ecart.Scoring;

namespace Ecart.App.Alerts;

/// <summary>The names of the floats of each domain's layout. Thread-safe.</summary>
internal sealed class LayoutNames(string connectionString)
{
    private readonly ConcurrentDictionary<(string Domain, int Version), IReadOnlyList<string>> declared = new();
    private readonly ConfigurationStore configurations = new(connectionString);

    /// <summary>Names in their order; empty when they are not known.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync(string domain, CancellationToken cancellationToken)
    {
        switch (domain)
        {
            case TransactionEvent.DomainName: return TransactionLayout.FeatureNames;
            case NetworkFlow.DomainName: return NetworkLayout.Names;
            case IotMeasurement.DomainName: return IotLayout.FeatureNames;
            case UserBehaviorEvent.DomainName: return UserBehaviorLayout.FeatureNames;
            default: break;
        }

        if (await configurations.GetActiveAsync(domain, cancellationToken).ConfigureAwait(false) is not { } active) return [];
        if (declared.TryGetValue((domain, active.Version), out IReadOnlyList<string>? known)) return known;
        if (ServedDomains.Find(domain)?.Reproduction is not { } reproduction) return [];
        IReadOnlyList<string> names = reproduction.FeatureNames(reproduction.MakeEngine(active.Settings, active.Version, ReferencePatterns.Empty, DomainModels.None));
        return declared.GetOrAdd((domain, active.Version), names);
    }
}
