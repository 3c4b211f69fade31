using Ecart.App.Commands;
using Ecart.App.Domains;
using Ecart.App.Terminal;
using Ecart.Detection;
using Ecart.Domains.Transactions;
using Ecart.Embedded;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using Ecart.Streaming.Pipeline;

namespace Ecart.App.Store;

/// <summary>A store ready for work: server running, schema current, configuration read.</summary>
/// <param name="Server">The server; disposed with this.</param>
/// <param name="ConnectionString">Names the database.</param>
/// <param name="Format">The fastest way in that the server permits.</param>
/// <param name="Domain">The domain that is worked with.</param>
/// <param name="Settings">Its active configuration.</param>
/// <param name="ConfigurationVersion">Its version.</param>
/// <param name="Patterns">Clusters, signatures and exceptions in force.</param>
internal sealed record OpenStore(
    MariaDbServer Server,
    string ConnectionString,
    RowFormat Format,
    IServedDomain Domain,
    IDomainSettings Settings,
    int ConfigurationVersion,
    ReferencePatterns Patterns) : IAsyncDisposable
{
    /// <summary>Trained models in force. Default none.</summary>
    public DomainModels Models { get; init; } = DomainModels.None;

    /// <summary>The settings of transactions; of use only while that is the domain.</summary>
    public TransactionOptions Options => ((TransactionSettings)Settings).Options;

    /// <summary>An engine that knows nothing yet, with this store's configuration.</summary>
    public IDomainEngine MakeEngine() => Settings.MakeEngine(ConfigurationVersion, Patterns, Models);

    /// <summary>An engine that knows nothing yet, with this store's configuration and other models.</summary>
    /// <exception cref="CommandException">The domain takes no models.</exception>
    public IModelledEngine MakeEngine(DomainModels models) => Settings.MakeEngine(ConfigurationVersion, Patterns, models) as IModelledEngine
        ?? throw new CommandException(
            $"No models are trained for {Domain.Name}, nor put in force there: they are for transactions, network and user_behavior. {Domain.InsteadOfTraining}",
            ExitCode.Usage);

    /// <summary>The domain's tables.</summary>
    public DomainStore MakeDomainStore() => new(ConnectionString, Domain.MakeTable);

    /// <summary>How a pipeline commits into this store: failures that are tried again are told to the person who waits.</summary>
    public BatchCommitterOptions MakeCommitterOptions() => new()
    {
        Format = Format,
        Retrying = (error, pause) => Output.Warning($"the store failed, next try in {pause.TotalSeconds:F1} s: {error.Message}"),
    };

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
