using Ecart.Detection;
using Ecart.Domains.Transactions;
using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;

namespace Ecart.Streaming.Pipeline;

/// <summary>
/// Makes profiles, verdict histories and populations again from the stored log, keeps them as the state to go on from, and publishes them with
/// nearest-neighbour statistics, all by the embedding in force. Takes over all lanes: a replay that runs meanwhile is fenced off.
/// </summary>
public sealed class ProfileRebuild(
    string connectionString, TransactionOptions options, int configurationVersion, TimeProvider timeProvider, DomainModels? models = null)
{
    /// <summary>Rebuilds everything.</summary>
    /// <param name="progress">Told the number of log entries read so far, every 10,000.</param>
    /// <param name="cancellationToken">Gives up; nothing has changed then.</param>
    public async Task<ProfileRebuildResult> RunAsync(IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var engine = new TransactionEngine(options, configurationVersion, models);
        var neighbours = new Dictionary<string, (double Mean, double Deviation)>(StringComparer.Ordinal);
        var vectors = new Dictionary<string, NormalVectors>(StringComparer.Ordinal);
        var rebuild = new StateRebuild(connectionString, new DomainStore(connectionString, static () => new TransactionTable()), timeProvider)
        {
            Folded = entry => Keep(in entry, vectors),
            LaneFolded = () =>
            {
                foreach ((string account, NormalVectors normal) in vectors) normal.AddTo(neighbours, account, options.Knn.Neighbours);
                vectors.Clear();
            },
        };
        long entries = await rebuild.RunAsync(engine, progress, cancellationToken).ConfigureAwait(false);
        List<PublishedAccountProfile> profiles = [.. engine.PublishProfiles(null, onlyChanged: false)];
        var details = new PublicationDetails(
            configurationVersion, options.Profile.WindowDays, timeProvider.GetUtcNow().UtcDateTime, neighbours, engine.EmbeddingVersion);
        await new ProfilePublisher<PublishedAccountProfile>(connectionString, new AccountProfileTable()).PublishAsync(profiles, isComplete: true, details, cancellationToken).ConfigureAwait(false);
        return new ProfileRebuildResult(entries, profiles.Count);
    }

    private void Keep(in LogEntry entry, Dictionary<string, NormalVectors> vectors)
    {
        ScoredEvent scored = entry.Event;
        string account = scored.Event.PrimaryEntityId;
        if (!vectors.TryGetValue(account, out NormalVectors? normal))
            vectors.Add(account, normal = new NormalVectors(options.Profile.WindowDays, options.Profile.MaximumObservations));
        if (entry.Label is not { } isFraud)
        {
            if (scored.Verdict.IsLearned) normal.Add(in scored);
            return;
        }

        bool wasNormal = entry.Previous is { } previous ? !previous : scored.Verdict.IsLearned;
        if (isFraud) normal.Remove(scored.Seq);
        else if (!wasNormal && !scored.Verdict.IsLate) normal.Add(in scored);
    }

    /// <summary>The embeddings of one account's newest normal events.</summary>
    private sealed class NormalVectors(int windowDays, int most)
    {
        private readonly List<(long Seq, DateTime At, float[] Vector)> events = [];

        public void Add(in ScoredEvent scored)
        {
            events.Add((scored.Seq, scored.Event.OccurredAt, [.. scored.Verdict.Embedding]));
            DateTime oldest = scored.Event.OccurredAt.AddDays(-windowDays);
            int expired = 0;
            while (events[expired].At < oldest || events.Count - expired > most) expired++;
            if (expired > 0) events.RemoveRange(0, expired);
        }

        public void Remove(long seq) => events.RemoveAll(known => known.Seq == seq);

        public void AddTo(Dictionary<string, (double Mean, double Deviation)> result, string account, int neighbours)
        {
            if (events.Count <= neighbours) return;
            var rows = new float[events.Count * TransactionLayout.Dimension];
            for (int i = 0; i < events.Count; i++) events[i].Vector.CopyTo(rows, i * TransactionLayout.Dimension);
            result[account] = NearestNeighbourDistance.LeaveOneOut(rows, TransactionLayout.Dimension, neighbours);
        }
    }
}
