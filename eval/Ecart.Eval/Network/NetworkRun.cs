using Ecart.Domains.Network;
using Ecart.Scoring;

namespace Ecart.Eval.Network;

/// <summary>Goes through a capture with an engine of the defaults that knows nothing: every connection is scored, then learned.</summary>
internal static class NetworkRun
{
    public static IReadOnlyList<ScoredFlow> Score(NetworkCapture capture, Action<double> progress)
    {
        var engine = new NetworkEngine(new NetworkOptions());
        var verdict = new Verdict(NetworkLayout.Dimension);
        var scored = new List<ScoredFlow>(capture.Flows.Count);
        long seq = 0;
        foreach ((NetworkFlow flow, var truth) in capture.Flows)
        {
            engine.Score(flow, verdict);
            scored.Add(new ScoredFlow(flow, truth?.IsFraud, verdict.RankScore, verdict.Score, verdict.RaisesAlert, ThreatClass.Of(verdict), ReasonsOf(verdict)));
            engine.Learn(new ScoredEvent(flow, verdict, 0, ++seq));
            if (seq % 1000 == 0) progress((double)seq / capture.Flows.Count);
        }

        return scored;
    }

    private static string ReasonsOf(Verdict verdict)
    {
        if (!verdict.RaisesAlert) return string.Empty;
        var text = new System.Text.StringBuilder();
        foreach (ref readonly Evidence evidence in verdict.Evidence)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{(text.Length > 0 ? " " : "")}{evidence.Code}:{evidence.Contribution:F3}");
        return text.ToString();
    }
}
