using Ecart.App.Terminal;
using Ecart.Domains.Transactions;
using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Writing;

namespace Ecart.App.Store;

/// <summary>Publishes the accounts' profiles for SQL users, beside the scoring, one publication at a time.</summary>
internal sealed class ProfilePublication(OpenStore store)
{
    private Task<int> running = Task.FromResult(0);

    /// <summary>Begins to publish what the last checkpoint holds, unless the last publication still runs. One caller.</summary>
    public void Begin()
    {
        if (!running.IsCompleted) return;
        if (running.Exception is { } failure) Output.Warning($"profiles could not be published, tried again later: {failure.GetBaseException().Message}");
        running = Task.Run(() => PublishAsync(CancellationToken.None));
    }

    /// <summary>Waits for the publication that runs, whatever becomes of it.</summary>
    public async Task WaitAsync() => await ((Task)running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Publishes with a display.</summary>
    /// <returns>Profiles that were new or had changed.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await WaitAsync().ConfigureAwait(false);
        return await LiveProgress.RunAsync(
            "Publishing profiles", () => double.NaN, () => "vector index", () => PublishAsync(cancellationToken)).ConfigureAwait(false);
    }

    private Task<int> PublishAsync(CancellationToken cancellationToken)
    {
        IAsyncEnumerable<PublishedAccountProfile> changed = new ProfileChanges(store.ConnectionString)
            .ReadAsync(store.Options, store.ConfigurationVersion, cancellationToken);
        var details = new PublicationDetails(
            store.ConfigurationVersion, store.Options.Profile.WindowDays, TimeProvider.System.GetUtcNow().UtcDateTime, null);
        return new ProfilePublisher(store.ConnectionString).PublishAsync(changed, isComplete: false, details, cancellationToken);
    }
}
