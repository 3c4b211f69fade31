using Ecart.App.Store;
using Ecart.Events;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using Ecart.Streaming.Explanation;
using Ecart.Streaming.Pipeline;

namespace Ecart.App.Domains;

/// <summary>
/// One domain as the program serves it: replay, offline scoring, streaming and retries work for it through this alone. To add a domain: implement this in a
/// file here and name it in <see cref="ServedDomains"/>. Thread-safe.
/// </summary>
internal interface IServedDomain
{
    /// <summary>The domain's name.</summary>
    string Name { get; }

    /// <summary>Columns of <c>ecart score</c> that only this domain has, separated by commas.</summary>
    string ScoredColumns { get; }

    /// <summary>Reads settings.</summary>
    /// <param name="json">JSON; absent settings take their defaults, so that <c>{}</c> is all of them.</param>
    /// <exception cref="OptionsException">They cannot be used; the message names the setting.</exception>
    IDomainSettings Read(string json);

    /// <summary>Whether <see cref="Read"/> takes <c>{}</c>: a declared domain has no settings but those that its declaration in the store gives. Default true.</summary>
    bool HasDefaults => true;

    /// <summary>What is to be done in the store when settings have become the active ones. Default nothing.</summary>
    Task ActivatedAsync(IDomainSettings settings, int version, string connectionString, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>How its verdicts are reproduced; null where they depend on more than the entity's own events. Default null.</summary>
    ReproducedDomain? Reproduction => null;

    /// <summary>What learns what is normal where no models are trained, for people. Default that of a declared domain.</summary>
    string InsteadOfTraining =>
        "What is normal is learned as events come, also by the declaration's 'stream_detectors'; its 'detectors' take effect only in a program that brings them.";

    /// <summary>How events become rows. A new instance a connection.</summary>
    IEventTable MakeTable();

    /// <summary>Appends an event's values of <see cref="ScoredColumns"/>, one each.</summary>
    void AppendScored(DomainEvent domainEvent, Verdict verdict, List<string> values);

    /// <summary>Publishes what the last checkpoint of an engine holds for SQL users; the engine may go on scoring meanwhile.</summary>
    /// <returns>Profiles that were new or had changed.</returns>
    Task<int> PublishAsync(IDomainEngine engine, string connectionString, CancellationToken cancellationToken);

    /// <summary>Makes the state again from the stored log and publishes the profiles.</summary>
    /// <param name="store">The store, opened for this domain.</param>
    /// <param name="read">Told how many log entries were read.</param>
    /// <param name="cancellationToken">Gives up; nothing has changed then.</param>
    async Task<ProfileRebuildResult> RebuildAsync(OpenStore store, IProgress<long> read, CancellationToken cancellationToken)
    {
        IDomainEngine engine = store.MakeEngine();
        long entries = await new StateRebuild(store.ConnectionString, store.MakeDomainStore(), TimeProvider.System)
            .RunAsync(engine, read, cancellationToken).ConfigureAwait(false);
        return new ProfileRebuildResult(entries, await PublishAsync(engine, store.ConnectionString, cancellationToken).ConfigureAwait(false));
    }
}
