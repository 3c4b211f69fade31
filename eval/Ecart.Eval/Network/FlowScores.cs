using System.Globalization;

namespace Ecart.Eval.Network;

/// <summary>Writes what was said of every connection.</summary>
internal static class FlowScores
{
    public static void Write(string path, IReadOnlyList<ScoredFlow> scored)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var writer = new StreamWriter(path);
        writer.WriteLine("occurred_at,source_ip,destination_ip,destination_port,protocol,state,rank_score,score,alert,class,reasons,malicious");
        foreach (ScoredFlow flow in scored)
        {
            string malicious = flow.IsMalicious is { } truth ? (truth ? "1" : "0") : string.Empty;
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{flow.Flow.OccurredAt:O},{flow.Flow.SourceAddress},{flow.Flow.DestinationAddress},{flow.Flow.DestinationPort},{flow.Flow.Protocol},{flow.Flow.State},"
                + $"{flow.RankScore:F6},{flow.Score:F6},{(flow.IsAlert ? 1 : 0)},{flow.Class},{flow.Reasons},{malicious}"));
        }
    }
}
