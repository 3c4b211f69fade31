using Ecart.App.Domains;
using Ecart.App.Store;
using Ecart.Detection;
using Ecart.MariaDb.Configuration;
using Ecart.MariaDb.Exceptions;
using Ecart.Scoring;

namespace Ecart.App.Exceptions;

/// <summary>A domain of the store with its settings in force, be it the one that this process serves or another.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="Settings">Its settings.</param>
/// <param name="Version">Version of these.</param>
/// <param name="Evidence">What the store says of exceptions in it.</param>
internal sealed record ExceptionDomain(IServedDomain Domain, IDomainSettings Settings, int Version, ExceptionEvidence Evidence)
{
    /// <summary>Finds a domain.</summary>
    /// <returns>Null when there is none of this name.</returns>
    /// <exception cref="OptionsException">Its settings cannot be used.</exception>
    public static async Task<ExceptionDomain?> FindAsync(string connectionString, string? name, CancellationToken cancellationToken)
    {
        if (ServedDomains.Find(name) is not { } domain) return null;
        ActiveConfiguration? active = await new ConfigurationStore(connectionString).GetActiveAsync(domain.Name, cancellationToken).ConfigureAwait(false);
        if (active is null && !domain.HasDefaults) return null;
        IDomainSettings settings = domain.Read(active?.Settings ?? "{}");
        return new ExceptionDomain(domain, settings, active?.Version ?? 0, new ExceptionEvidence(connectionString, domain.MakeTable()));
    }

    /// <summary>Type of the entities whose events they are.</summary>
    public string EntityType => Settings.MakeEngine(Version, ReferencePatterns.Empty, DomainModels.None).EntityType;

    /// <summary>An engine that asks one rule, as that of an exception, of every event.</summary>
    public async Task<IDomainEngine> MakeEngineAsync(string rule, string connectionString, CancellationToken cancellationToken)
    {
        var asked = new ExceptionPattern(1, null, null, DateTime.MinValue, null, null, 0, 0, rule);
        DomainModels models = await StoredModels.Loader(connectionString).ReadInForceAsync(Domain.Name, cancellationToken).ConfigureAwait(false);
        return Settings.MakeEngine(Version, new ReferencePatterns([], [], [asked]) { AsksEveryEvent = true }, models);
    }
}
