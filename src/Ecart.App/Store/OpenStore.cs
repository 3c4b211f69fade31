using Ecart.App.Terminal;
using Ecart.Detection;
using Ecart.Domains.Transactions;
using Ecart.Embedded;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;

namespace Ecart.App.Store;

/// <summary>A store ready for work: server running, schema current, configuration read.</summary>
/// <param name="Server">The server; disposed with this.</param>
/// <param name="ConnectionString">Names the database.</param>
/// <param name="Format">The fastest way in that the server permits.</param>
/// <param name="Options">The active configuration of transactions.</param>
/// <param name="ConfigurationVersion">Its version.</param>
/// <param name="Patterns">Clusters, signatures and exceptions in force.</param>
internal sealed record OpenStore(
    MariaDbServer Server,
    string ConnectionString,
    RowFormat Format,
    TransactionOptions Options,
    int ConfigurationVersion,
    ReferencePatterns Patterns) : IAsyncDisposable
{
    /// <summary>Trained models in force. Default none.</summary>
    public DomainModels Models { get; init; } = DomainModels.None;

    /// <summary>An engine that knows nothing yet, with this store's configuration.</summary>
    public TransactionEngine MakeEngine() => EngineStart.Make(Options, ConfigurationVersion, Patterns, Models);

    /// <summary>How a pipeline commits into this store: failures that are tried again are told to the person who waits.</summary>
    public BatchCommitterOptions MakeCommitterOptions() => new()
    {
        Format = Format,
        Retrying = (error, pause) => Output.Warning($"the store failed, next try in {pause.TotalSeconds:F1} s: {error.Message}"),
    };

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
