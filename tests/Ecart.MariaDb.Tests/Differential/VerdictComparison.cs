using Ecart.MariaDb.Tests.Sql;
using Ecart.Scoring;

namespace Ecart.MariaDb.Tests.Differential;

/// <summary>What SQL and the program say of one event, side by side.</summary>
internal static class VerdictComparison
{
    private const double Tolerance = 1e-4;

    /// <summary>What differs; empty when nothing does.</summary>
    public static IEnumerable<string> Differences(ScoredEvent scored, SqlVerdict sql)
    {
        Verdict verdict = scored.Verdict;
        string uid = scored.Event.EventUid;
        if (verdict.IsLate ? sql.Score is not null : Math.Abs(verdict.Score - (sql.Score ?? double.NaN)) is not <= Tolerance)
            yield return $"{uid}: score is {verdict.Score} in C#, {sql.Score} in SQL";
        if (verdict.IsAnomaly != sql.Flagged) yield return $"{uid}: flagged is {verdict.IsAnomaly} in C#, {sql.Flagged} in SQL";
        Evidence[] evidence = [.. verdict.Evidence];
        bool isSame = evidence.Length == sql.Reasons.Count && evidence.Zip(sql.Reasons).All(
            pair => pair.First.Code == pair.Second.Key && Math.Abs(pair.First.Contribution - pair.Second.Value) <= Tolerance);
        if (!isSame)
        {
            yield return $"{uid}: reasons are {string.Join(", ", evidence.Select(piece => $"{piece.Code} {piece.Contribution:F6}"))} in C#, "
                + $"{string.Join(", ", sql.Reasons.Select(reason => $"{reason.Key} {reason.Value:F6}"))} in SQL";
        }
    }
}
