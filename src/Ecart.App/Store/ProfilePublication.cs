using Ecart.App.Terminal;
using Ecart.Scoring;

namespace Ecart.App.Store;

/// <summary>Publishes the entities' profiles for SQL users, beside the scoring, one publication at a time.</summary>
internal sealed class ProfilePublication(OpenStore store)
{
    private Task<int> running = Task.FromResult(0);

    /// <summary>Begins to publish what the last checkpoint of an engine holds, unless the last publication still runs. One caller.</summary>
    public void Begin(IDomainEngine engine)
    {
        if (!running.IsCompleted) return;
        if (running.Exception is { } failure) Output.Warning($"profiles could not be published, tried again later: {failure.GetBaseException().Message}");
        running = Task.Run(() => store.Domain.PublishAsync(engine, store.ConnectionString, CancellationToken.None));
    }

    /// <summary>Waits for the publication that runs, whatever becomes of it.</summary>
    public async Task WaitAsync() => await ((Task)running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Publishes with a display.</summary>
    /// <returns>Profiles that were new or had changed.</returns>
    public async Task<int> RunAsync(IDomainEngine engine, CancellationToken cancellationToken)
    {
        await WaitAsync().ConfigureAwait(false);
        return await LiveProgress.RunAsync(
            "Publishing profiles", () => double.NaN, () => "vector index", () => store.Domain.PublishAsync(engine, store.ConnectionString, cancellationToken)).ConfigureAwait(false);
    }
}
