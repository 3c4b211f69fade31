using System.Diagnostics;
using Ecart.MariaDb.Exceptions;
using Ecart.MariaDb.Reading;
using Ecart.Scoring;

namespace Ecart.App.Exceptions;

/// <summary>
/// Asks a rule of alerted events as they were seen then: the state of each entity is folded again from its own log. What a rule asks of other entities it sees as far
/// as these events tell. Bounded in time: the entities with the newest alerts come first.
/// </summary>
internal sealed class RulePreview(string connectionString, ExceptionDomain domain)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(6);
    private const int LookEvery = 256;
    private readonly EntityLog log = new(connectionString, domain.Domain.MakeTable);
    private readonly HashSet<long> matched = [];
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private int examined;

    /// <summary>Asks the rule.</summary>
    /// <returns>Those of which it holds, and how many were asked.</returns>
    public async Task<(IReadOnlyList<AlertCandidate> Matches, int Examined)> RunAsync(
        string rule, IReadOnlyList<AlertCandidate> candidates, CancellationToken cancellationToken)
    {
        IDomainEngine engine = await domain.MakeEngineAsync(rule, connectionString, cancellationToken).ConfigureAwait(false);
        // Candidates are sorted, the newest first, and so are the groups by their first.
        foreach (IGrouping<(string Entity, int Lane), AlertCandidate> entity in candidates.GroupBy(candidate => (candidate.EntityId, candidate.Lane)))
        {
            if (clock.Elapsed > Longest) break;
            await AskAsync(engine, entity.Key.Entity, entity.Key.Lane, entity.ToDictionary(candidate => candidate.Seq), cancellationToken).ConfigureAwait(false);
        }

        return ([.. candidates.Where(candidate => matched.Contains(candidate.AlertId))], examined);
    }

    private async Task AskAsync(IDomainEngine engine, string entityId, int lane, Dictionary<long, AlertCandidate> alerts, CancellationToken cancellationToken)
    {
        var verdict = new Verdict(engine.Dimension);
        int entries = 0;
        await foreach (LogEntry entry in log.ReadBeforeAsync(entityId, lane, alerts.Keys.Max() + 1, cancellationToken).ConfigureAwait(false))
        {
            if (++entries % LookEvery == 0 && clock.Elapsed > Longest) return;
            ScoredEvent scored = entry.Event;
            if (entry.Label is { } isFraud)
            {
                engine.ApplyLabel(in scored, isFraud, entry.Previous, entry.Seq);
                continue;
            }

            if (alerts.TryGetValue(entry.Seq, out AlertCandidate? alert))
            {
                examined++;
                engine.Score(scored.Event, verdict);
                if (verdict.SuppressedBy != 0) matched.Add(alert.AlertId);
            }

            engine.Refold(in scored);
        }
    }
}
