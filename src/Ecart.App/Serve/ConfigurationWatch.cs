using Ecart.App.Domains;
using Ecart.App.Store;
using Ecart.App.Terminal;
using Ecart.Detection;
using Ecart.Events.Decoding;
using Ecart.MariaDb.Configuration;
using Ecart.MariaDb.Models;
using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;

namespace Ecart.App.Serve;

/// <summary>
/// Notices when people change settings, models, rules, exceptions, signatures or clusters, and makes engines by what is in force. Notices too whether the store
/// answers.
/// </summary>
internal sealed class ConfigurationWatch(OpenStore store, StoreState state, TimeSpan interval)
{
    private readonly AlertStore alerts = new(store.ConnectionString);
    private readonly PatternStore patterns = new(store.ConnectionString);
    private readonly ConfigurationStore configuration = new(store.ConnectionString);
    private volatile IDomainSettings decoding = store.Settings;
    private readonly ModelLoader models = StoredModels.Loader(store.ConnectionString);
    private (IDomainSettings Settings, int Version)? good;
    private DomainModels? goodModels;
    private volatile string inForce = "";

    /// <summary>A decoder that follows the configuration.</summary>
    public IRecordDecoder MakeDecoder() => new CurrentDecoder(() => decoding);

    /// <summary>
    /// An engine that knows nothing yet, by the configuration, models and patterns of now. A configuration or a model that cannot be used, activated while the
    /// service runs, leaves the last good one in force.
    /// </summary>
    /// <exception cref="OptionsException">The first configuration cannot be used.</exception>
    /// <exception cref="ModelStoreException">A model that is in force at the start cannot be used.</exception>
    public async Task<IDomainEngine> MakeEngineAsync(CancellationToken cancellationToken)
    {
        inForce = await patterns.ReadStampAsync(store.Domain.Name, cancellationToken).ConfigureAwait(false);
        ActiveConfiguration active = (await configuration.GetActiveAsync(store.Domain.Name, cancellationToken).ConfigureAwait(false))!;
        ReferencePatterns inUse = await patterns.ReadAsync(store.Domain.Name, cancellationToken).ConfigureAwait(false);
        DomainModels trained = await ReadModelsAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return Make(store.Domain.Read(active.Settings), active.Version, inUse, trained);
        }
        catch (OptionsException error) when (good is { } last)
        {
            Output.Warning($"configuration version {active.Version} cannot be used: {error.Message} Version {last.Version} stays in force.");
            return Make(last.Settings, last.Version, inUse, trained);
        }
    }

    private async Task<DomainModels> ReadModelsAsync(CancellationToken cancellationToken)
    {
        try
        {
            DomainModels read = await models.ReadInForceAsync(store.Domain.Name, cancellationToken).ConfigureAwait(false);
            goodModels = read;
            return read;
        }
        catch (ModelStoreException error) when (goodModels is { } last)
        {
            Output.Warning($"{error.Message} The models that were in force stay.");
            return last;
        }
    }

    private IDomainEngine Make(IDomainSettings settings, int version, ReferencePatterns inUse, DomainModels trained)
    {
        IDomainEngine engine = settings.MakeEngine(version, inUse, trained);
        good = (settings, version);
        decoding = settings;
        return engine;
    }

    /// <summary>Looks for changes until it is cancelled.</summary>
    public async Task RunAsync(Action changed, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(interval);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            try
            {
                string stamp = await patterns.ReadStampAsync(store.Domain.Name, cancellationToken).ConfigureAwait(false);
                state.PendingAlerts = await alerts.CountPendingAsync(cancellationToken).ConfigureAwait(false);
                state.Answered();
                if (inForce.Length == 0 || stamp == inForce) continue;
                Output.Note("Configuration, models or patterns have changed: taken over.");
                inForce = stamp;
                changed();
            }
            catch (Exception error) when (TransientErrors.IsTransient(error))
            {
                // The pipeline reports it when it has something to write, and the next look comes soon.
                state.Failed();
            }
        }
    }
}
