using Ecart.Detection;
using Ecart.Detection.Batch;
using Ecart.Domains.Iot.Calibration;
using Ecart.Embedding;
using Ecart.Learning;
using Ecart.Scoring;

namespace Ecart.MariaDb.Models;

/// <summary>Makes of stored models what engines score with. Thread-safe.</summary>
/// <param name="connectionString">The store.</param>
/// <param name="others">Readers of kinds of embedding models that the library does not know, by kind; null for none.</param>
public sealed class ModelLoader(string connectionString, IReadOnlyDictionary<string, Func<byte[], IEmbeddingModel>>? others = null)
{
    private readonly ModelStore store = new(connectionString);

    /// <summary>The models in force in a domain.</summary>
    /// <exception cref="ModelStoreException">One is damaged or of a newer program.</exception>
    public async Task<DomainModels> ReadInForceAsync(string domain, CancellationToken cancellationToken = default)
    {
        DomainModels models = DomainModels.None;
        foreach (ModelActivation activation in await store.ReadInForceAsync(domain, cancellationToken).ConfigureAwait(false))
        {
            if (activation.Slot == ModelSlot.Embedding)
                models = models with { Embedding = await ReadEmbeddingAsync(domain, activation.Version, cancellationToken).ConfigureAwait(false) };
            else if (activation.Slot == ModelSlot.Verdict)
                models = models with { Verdicts = models.Verdicts with { Champion = await ReadTreesAsync(domain, activation, cancellationToken).ConfigureAwait(false) } };
            else if (activation.Slot == ModelSlot.Challenger)
                models = models with { Verdicts = models.Verdicts with { Challenger = await ReadTreesAsync(domain, activation, cancellationToken).ConfigureAwait(false) } };
            else if (activation.Slot == ModelSlot.Calibration)
                models = models with { Calibration = await ReadCalibrationAsync(domain, activation, cancellationToken).ConfigureAwait(false) };
            else if (ModelSlot.IsDetector(activation.Slot))
                models = models with { Detectors = [.. models.Detectors, await ReadDetectorAsync(domain, activation, cancellationToken).ConfigureAwait(false)] };
        }

        return models;
    }

    /// <summary>The embedding of a version: null for the layout's own.</summary>
    /// <exception cref="ModelStoreException">There is no such model, or it is damaged, of another slot or of a newer program.</exception>
    public async Task<LearnedEmbedding?> ReadEmbeddingAsync(string domain, int version, CancellationToken cancellationToken = default)
    {
        if (!LearnedEmbedding.IsLearned(version)) return null;
        StoredModel model = await ReadAsync(domain, version, ModelSlot.Embedding, cancellationToken).ConfigureAwait(false);
        return Restore(domain, model, () => new LearnedEmbedding(
            version,
            others is not null && others.TryGetValue(model.Description.Kind, out Func<byte[], IEmbeddingModel>? read)
                ? read(model.Artefact)
                : EmbeddingModels.Restore(model.Artefact)));
    }

    private async Task<VersionedTrees> ReadTreesAsync(string domain, ModelActivation activation, CancellationToken cancellationToken)
    {
        StoredModel model = await ReadAsync(domain, activation.Version, ModelSlot.Verdict, cancellationToken).ConfigureAwait(false);
        return Restore(domain, model, () => new VersionedTrees(model.Version, BoostedTreesArtefact.Restore(model.Artefact)));
    }

    private async Task<IotCalibration> ReadCalibrationAsync(string domain, ModelActivation activation, CancellationToken cancellationToken)
    {
        StoredModel model = await ReadAsync(domain, activation.Version, activation.Slot, cancellationToken).ConfigureAwait(false);
        return Restore(domain, model, () => IotCalibration.Restore(model.Artefact));
    }

    private async Task<LearnedDetector> ReadDetectorAsync(string domain, ModelActivation activation, CancellationToken cancellationToken)
    {
        StoredModel model = await ReadAsync(domain, activation.Version, activation.Slot, cancellationToken).ConfigureAwait(false);
        return Restore(domain, model, () => new LearnedDetector(model.Version, DetectorArtefact.Restore(model.Artefact)));
    }

    private async Task<StoredModel> ReadAsync(string domain, int version, string slot, CancellationToken cancellationToken)
    {
        StoredModel model = await store.FindAsync(domain, version, cancellationToken).ConfigureAwait(false)
            ?? throw new ModelStoreException($"The domain {domain} has no model {version}. 'ecart models list' shows those that there are.");
        return model.Description.Slot == slot
            ? model
            : throw new ModelStoreException($"Model {version} of {domain} is made for {model.Description.Slot}, not for {slot}.");
    }

    private static TModel Restore<TModel>(string domain, StoredModel model, Func<TModel> restore)
    {
        try
        {
            return restore();
        }
        catch (ArtefactException error)
        {
            throw new ModelStoreException(
                $"Model {model.Version} of {domain} ({model.Description.Kind}) cannot be used: {error.Message} 'ecart models use' puts another one in force.");
        }
    }
}
