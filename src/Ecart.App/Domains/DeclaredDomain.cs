using Ecart.App.Declared;
using Ecart.Domains.Declared;
using Ecart.Events;
using Ecart.MariaDb.Declared;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;

namespace Ecart.App.Domains;

/// <summary>A domain that somebody declared: its settings are the whole of it.</summary>
internal sealed class DeclaredDomain(string name) : IServedDomain
{
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
        return new DeclaredSettings(declaration);
    }

    /// <inheritdoc/>
    public Task ActivatedAsync(IDomainSettings settings, int version, string connectionString, CancellationToken cancellationToken) =>
        new DomainViews(connectionString).ApplyAsync(((DeclaredSettings)settings).Declaration, version, Environment.UserName, cancellationToken);

    /// <inheritdoc/>
    public IEventTable MakeTable() => new DeclaredTable(name);

    /// <inheritdoc/>
    public void AppendScored(DomainEvent domainEvent, Verdict verdict, List<string> values) => values.Add(domainEvent.PrimaryEntityId);

    /// <inheritdoc/>
    public Task<int> PublishAsync(IDomainEngine engine, string connectionString, CancellationToken cancellationToken)
    {
        var fresh = (DeclaredEngine)engine.MakeFresh();
        return EntityPublication.RunAsync(
            fresh,
            fresh.ConfigurationVersion,
            fresh.Declaration.Profile.WindowDays,
            new EntityProfileTable(Name),
            () => fresh.PublishProfiles(null),
            connectionString,
            cancellationToken);
    }
}
