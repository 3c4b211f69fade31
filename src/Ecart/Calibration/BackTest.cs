using Ecart.Scoring;

namespace Ecart.Calibration;

/// <summary>
/// What other thresholds would have made of stored events: each is decided anew by both from its stored evidence. What an exception silenced, or what people had been
/// told before, stays silent. Not thread-safe.
/// </summary>
/// <param name="current">The thresholds in force.</param>
/// <param name="candidate">The others.</param>
public sealed class BackTest(SeverityOptions current, SeverityOptions candidate)
{
    /// <summary>Most changed events that are kept as examples, of each kind.</summary>
    public const int MostExamples = 50;

    private readonly List<BackTestChange> examples = [];
    private readonly int[] examplesOfKind = new int[3];
    private readonly Dictionary<(Severity Before, Severity After), int> changes = [];

    /// <summary>Events looked at.</summary>
    public int Events { get; private set; }

    /// <summary>Alerts by the thresholds in force.</summary>
    public BackTestCount Before { get; private set; }

    /// <summary>Alerts by the others.</summary>
    public BackTestCount After { get; private set; }

    /// <summary>Alerts that would be lost.</summary>
    public BackTestCount Lost { get; private set; }

    /// <summary>Alerts that would be new: nobody has decided them.</summary>
    public BackTestCount Gained { get; private set; }

    /// <summary>How many alerts go from one severity to another; none is no alert.</summary>
    public IReadOnlyDictionary<(Severity Before, Severity After), int> Changes => changes;

    /// <summary>Some of the changed events, true alerts that would be lost first.</summary>
    public IEnumerable<BackTestChange> Examples => examples.OrderByDescending(change => change.After == Severity.None && change.Event.IsTrue == true);

    /// <summary>Share of the true alerts that stay; NaN without any.</summary>
    public double TrueKept => Before.True == 0 ? double.NaN : (Before.True - Lost.True) / (double)Before.True;

    /// <summary>Share of the false alerts that stay; NaN without any.</summary>
    public double FalseKept => Before.False == 0 ? double.NaN : (Before.False - Lost.False) / (double)Before.False;

    /// <summary>
    /// Whether thresholds can only take alerts away from what others give, so that looking at those alerts is enough.
    /// </summary>
    public static bool IsStricter(SeverityOptions current, SeverityOptions candidate)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(candidate);
        IEnumerable<string> codes = current.Weights.Concat(candidate.Weights).Select(weight => weight.Code);
        return candidate.Flag >= current.Flag && codes.All(code => candidate.WeightOf(code) <= current.WeightOf(code)) && (current.Relevance is null || IsOnlyHigher(current.Relevance, candidate.Relevance));
    }

    /// <summary>Looks at an event.</summary>
    public void Add(CalibrationEvent stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        bool isSilenced = stored.IsFlagged && !stored.IsAlert;
        Add(stored, isSilenced ? Severity.None : AlertOf(stored, current), isSilenced ? Severity.None : AlertOf(stored, candidate));
    }

    /// <summary>Takes an event that was decided elsewhere.</summary>
    /// <param name="stored">The event.</param>
    /// <param name="before">Its severity as an alert by the settings in force; none where it is no alert.</param>
    /// <param name="after">The same by the others.</param>
    public void Add(CalibrationEvent stored, Severity before, Severity after)
    {
        ArgumentNullException.ThrowIfNull(stored);
        Events++;
        if (before != Severity.None) Before = Before.With(stored.IsTrue);
        if (after != Severity.None) After = After.With(stored.IsTrue);
        if (before == after) return;
        changes[(before, after)] = changes.GetValueOrDefault((before, after)) + 1;
        if (after == Severity.None) Lost = Lost.With(stored.IsTrue);
        if (before == Severity.None) Gained = Gained.With(stored.IsTrue);
        int kind = after == Severity.None ? stored.IsTrue == true ? 0 : 1 : 2;
        if (examplesOfKind[kind]++ < MostExamples) examples.Add(new BackTestChange(stored, before, after));
    }

    /// <summary>An alert has a severity: below every band it is low.</summary>
    private static Severity AlertOf(CalibrationEvent stored, SeverityOptions severity)
    {
        (bool isFlagged, Severity of) = stored.DecideBy(severity);
        return !isFlagged ? Severity.None : of == Severity.None ? Severity.Low : of;
    }

    private static bool IsOnlyHigher(RelevanceOptions current, RelevanceOptions? candidate) =>
        candidate is not null && candidate.Least >= current.Least && candidate.Intercept == current.Intercept && candidate.Rank == current.Rank && candidate.Weights.SequenceEqual(current.Weights);
}
