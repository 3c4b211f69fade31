using Ecart.App.Store;
using Ecart.App.Terminal;
using Ecart.Embedding;
using Ecart.MariaDb.Models;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using Ecart.Streaming.Pipeline;

namespace Ecart.App.Training;

/// <summary>
/// Puts a model in force. For one that makes embeddings the profiles are made for its version first, beside whoever scores meanwhile: that goes over to it
/// within seconds, and old and new never mix.
/// </summary>
internal sealed class ModelChangeover(OpenStore store)
{
    private readonly ModelStore models = new(store.ConnectionString);

    /// <summary>Puts a model in force in a slot.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="version">The model; 0 for none.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Gives up; nothing has changed then.</param>
    public async Task RunAsync(string slot, int version, string reason, CancellationToken cancellationToken)
    {
        if (slot != ModelSlot.Embedding)
        {
            WarnOfUnnamedDetector(slot);
            await models.ActivateAsync(store.Domain.Name, slot, version, reason, Environment.UserName, cancellationToken).ConfigureAwait(false);
            return;
        }

        LearnedEmbedding? embedding = await StoredModels.Loader(store.ConnectionString).ReadEmbeddingAsync(store.Domain.Name, version, cancellationToken).ConfigureAwait(false);
        IModelledEngine engine = store.MakeEngine(new DomainModels { Embedding = embedding });
        await PrepareAsync(engine, cancellationToken).ConfigureAwait(false);
        await models.ActivateAsync(store.Domain.Name, slot, version, reason, Environment.UserName, cancellationToken).ConfigureAwait(false);
        await ForgetAsync(engine.LayoutVersion, cancellationToken).ConfigureAwait(false);
        await new ProfilePublication(store).RunAsync(engine, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Drops the states of embeddings that nobody scores by: neither in force now, nor before, nor during the last day, in which a service may not have heard
    /// of the change.
    /// </summary>
    private async Task ForgetAsync(int layoutVersion, CancellationToken cancellationToken)
    {
        const int LeastKept = 2;
        DateTime yesterday = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-1);
        var kept = new HashSet<int>();
        bool isAllNewer = true;
        foreach (ModelActivation activation in await models.ReadHistoryAsync(store.Domain.Name, cancellationToken).ConfigureAwait(false))
        {
            if (activation.Slot != ModelSlot.Embedding) continue;
            if (kept.Count >= LeastKept && !isAllNewer) break;
            kept.Add(activation.Version == 0 ? layoutVersion : activation.Version);
            isAllNewer = activation.At > yesterday;
        }

        // Before the first activation the layout itself was in force.
        if (isAllNewer || kept.Count < LeastKept) kept.Add(layoutVersion);
        await new EmbeddingStateStore(store.ConnectionString).KeepOnlyAsync(store.Domain.Name, kept, cancellationToken).ConfigureAwait(false);
    }

    private void WarnOfUnnamedDetector(string slot)
    {
        if (!ModelSlot.IsDetector(slot) || store.Settings.Detectors.Any(detector => ModelSlot.Detector(detector.Kind) == slot)) return;
        Output.Warning($"The configuration does not name it: add the kind of {slot} to 'detectors' ('ecart configuration show --domain {store.Domain.Name}'), or it has no say.");
    }

    private async Task PrepareAsync(IModelledEngine engine, CancellationToken cancellationToken)
    {
        var read = new EntryCount();
        var catchUp = new StateCatchUp(store.ConnectionString, store.MakeDomainStore(), store.Format);
        long entries = await LiveProgress.RunAsync(
            $"Making profiles of embedding {engine.EmbeddingVersion}",
            () => double.NaN,
            () => $"{read.Value:N0} log entries read",
            () => catchUp.RunAsync(engine, read, cancellationToken)).ConfigureAwait(false);
        Output.Note($"Profiles of embedding {engine.EmbeddingVersion} made of {entries:N0} log entries.");
    }
}
