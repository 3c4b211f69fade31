using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;

namespace Ecart.App.Domains;

/// <summary>Publishes the profiles of a domain's entities whose stored state has changed.</summary>
internal static class EntityPublication
{
    /// <summary>Publishes what the last checkpoint holds.</summary>
    /// <param name="fresh">An engine that knows nothing yet, of the configuration and models in force: it reads, while the one that scores goes on.</param>
    /// <param name="configurationVersion">Version of its configuration.</param>
    /// <param name="windowDays">Days a profile looks back.</param>
    /// <param name="table">The domain's table of profiles.</param>
    /// <param name="publish">The published form of what the fresh engine holds at that moment.</param>
    /// <param name="connectionString">The store.</param>
    /// <param name="cancellationToken">Gives up; what was published before stays.</param>
    /// <returns>Profiles that were new or had changed.</returns>
    public static Task<int> RunAsync<TProfile>(
        IDomainEngine fresh,
        int configurationVersion,
        int windowDays,
        IProfileTable<TProfile> table,
        Func<IEnumerable<TProfile>> publish,
        string connectionString,
        CancellationToken cancellationToken)
    {
        var details = new PublicationDetails(
            configurationVersion, windowDays, TimeProvider.System.GetUtcNow().UtcDateTime, null, fresh.EmbeddingVersion);
        return new ProfilePublisher<TProfile>(connectionString, table).PublishAsync(
            new ProfileChanges<TProfile>(connectionString, table).ReadAsync(fresh, configurationVersion, publish, cancellationToken),
            isComplete: false,
            details,
            cancellationToken);
    }
}
