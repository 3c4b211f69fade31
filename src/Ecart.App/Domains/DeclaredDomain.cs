using Ecart.App.Declared;
using Ecart.Domains.Declared;
using Ecart.Domains.Declared.Based;
using Ecart.Domains.Transactions;
using Ecart.Events;
using Ecart.MariaDb.Declared;
using Ecart.MariaDb.Writing;
using Ecart.Profiles;
using Ecart.Scoring;
using Ecart.Streaming.Explanation;

namespace Ecart.App.Domains;

/// <summary>A domain that somebody declared: its settings are the whole of it.</summary>
internal sealed class DeclaredDomain(string name) : IServedDomain
{
    /// <summary>Floats of its vectors, as the declaration says that was read last: a domain keeps its base, and with it this.</summary>
    private volatile int dimension = DeclaredLayout.Dimension;

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public string ScoredColumns => "entity";

    /// <inheritdoc/>
    public bool HasDefaults => false;

    /// <inheritdoc/>
    /// <remarks>JSON as it is stored, or YAML as people write it.</remarks>
    public IDomainSettings Read(string json)
    {
        DomainDeclaration declaration = json.AsSpan().TrimStart() is ['{', ..] ? DeclaredJson.Deserialize(json) : DeclarationText.Read(json).OrThrow();
        OptionsException.Require(declaration.Name == name, "name", $"'{declaration.Name}'", $"{name}, the domain that was asked for");
        dimension = declaration.Base == DeclaredBase.None ? DeclaredLayout.Dimension : TransactionLayout.Dimension;
        return new DeclaredSettings(declaration);
    }

    /// <inheritdoc/>
    public Task ActivatedAsync(IDomainSettings settings, int version, string connectionString, CancellationToken cancellationToken) =>
        new DomainViews(connectionString).ApplyAsync(((DeclaredSettings)settings).Declaration, version, Environment.UserName, cancellationToken);

    /// <inheritdoc/>
    public ReproducedDomain? Reproduction => new(
        name,
        MakeTable,
        static (settings, version, patterns, models) => DeclaredSettings.Make(DeclaredJson.Deserialize(settings), version, patterns, models).Engine,
        static settings => SeverityOf(DeclaredJson.Deserialize(settings)),
        static engine => engine is BasedEngine based ? based.FeatureNames : ((DeclaredEngine)engine).Layout.FeatureNames,
        static (engine, domainEvent, contributions) => engine is BasedEngine based
            ? based.ExplainDistance((DeclaredEvent)domainEvent, contributions)
            : ((DeclaredEngine)engine).ExplainDistance((DeclaredEvent)domainEvent, contributions));

    /// <inheritdoc/>
    public IEventTable MakeTable() => new DeclaredTable(name, dimension);

    /// <inheritdoc/>
    public void AppendScored(DomainEvent domainEvent, Verdict verdict, List<string> values) => values.Add(domainEvent.PrimaryEntityId);

    /// <inheritdoc/>
    public Task<int> PublishAsync(IDomainEngine engine, string connectionString, CancellationToken cancellationToken)
    {
        IDomainEngine fresh = engine.MakeFresh();
        (int version, int days, Func<DateTime?, IEnumerable<PublishedEntityProfile>> publish) = fresh is BasedEngine based
            ? (based.ConfigurationVersion, based.WindowDays, based.PublishProfiles)
            : Of((DeclaredEngine)fresh);
        return EntityPublication.RunAsync(fresh, version, days, new EntityProfileTable(Name), () => publish(null), connectionString, cancellationToken);
    }

    private static SeverityOptions SeverityOf(DomainDeclaration declaration) =>
        declaration.Base == DeclaredBase.None ? declaration.Severity : (declaration.Transactions ?? TransactionOptions.Default).Severity;

    private static (int, int, Func<DateTime?, IEnumerable<PublishedEntityProfile>>) Of(DeclaredEngine engine) =>
        (engine.ConfigurationVersion, engine.Declaration.Profile.WindowDays, engine.PublishProfiles);
}
