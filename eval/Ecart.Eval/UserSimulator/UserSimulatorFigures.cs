using Ecart.Eval.Metrics;
using Ecart.Scoring;
using Ecart.Simulation;

namespace Ecart.Eval.UserSimulator;

/// <summary>What the engine said of the days on which there are threats.</summary>
internal sealed class UserSimulatorFigures(UserBehaviorSimulatorOptions options)
{
    private readonly List<(UserThreatKind Kind, ScoredLabel Scored)> events = [];
    private readonly Dictionary<int, (UserThreatKind Kind, bool IsFound)> incidents = [];
    private readonly HashSet<(string User, DateTime Day)> incidentDays = [];
    private readonly Dictionary<(string User, DateTime Day), int> alarms = [];

    public void Add(in SimulatedAction simulated, Verdict verdict)
    {
        events.Add((simulated.Truth, new ScoredLabel(verdict.RankScore, simulated.IsThreat)));
        if (simulated.IsThreat)
        {
            incidents.TryGetValue(simulated.Incident, out (UserThreatKind, bool IsFound) known);
            incidentDays.Add(DayOf(in simulated));
            incidents[simulated.Incident] = (simulated.Truth, known.IsFound || verdict.IsAnomaly);
        }
        else if (verdict.IsAnomaly)
        {
            alarms[DayOf(in simulated)] = alarms.GetValueOrDefault(DayOf(in simulated)) + 1;
        }
    }

    public int Events => events.Count;

    public int Threats => events.Count(one => one.Scored.IsPositive);

    public double Auc => RankingMetrics.RocAuc([.. events.Select(one => one.Scored)]);

    public double AveragePrecision => RankingMetrics.AveragePrecision([.. events.Select(one => one.Scored)]);

    /// <summary>Flagged events of users on days on which nobody else was in their accounts: else the owner's own events are part of the incident.</summary>
    public int FalseAlarms => alarms.Where(day => !incidentDays.Contains(day.Key)).Sum(day => day.Value);

    /// <summary>Days of a user with a false alarm, for every 1,000.</summary>
    public double FalseAlarmDaysPerThousand =>
        1000.0 * alarms.Count(day => !incidentDays.Contains(day.Key)) / (options.Users * (double)Math.Max(1, options.Days - options.QuietDays));

    /// <summary>For each kind: incidents, those of which at least one event is flagged, and how its events rank above all ordinary ones.</summary>
    public IEnumerable<(UserThreatKind Kind, int Incidents, int Found, double Auc)> ByKind => Enum.GetValues<UserThreatKind>()
        .Where(kind => kind != UserThreatKind.None)
        .Select(kind => (
            kind,
            incidents.Values.Count(incident => incident.Kind == kind),
            incidents.Values.Count(incident => incident.Kind == kind && incident.IsFound),
            RankingMetrics.RocAuc([.. events.Where(one => one.Kind == kind || !one.Scored.IsPositive).Select(one => one.Scored)])));

    private static (string User, DateTime Day) DayOf(in SimulatedAction simulated) => (simulated.Event.UserId, simulated.Event.OccurredAt.Date);
}
