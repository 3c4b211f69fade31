using Ecart.Events;
using Ecart.Scoring;

namespace Ecart.Streaming.Cluster;

/// <summary>Verdicts as they go back to the node that asked: what people are told, without the embedding and what only profiles take in.</summary>
internal static class VerdictCodec
{
    public static byte[] Write(in ScoredEvent scored)
    {
        Verdict verdict = scored.Verdict;
        using var buffer = new MemoryStream(192);
        using var writer = new BinaryWriter(buffer);
        writer.Write(scored.Lane);
        writer.Write(scored.Seq);
        writer.Write(verdict.EmbeddingVersion);
        writer.Write(verdict.ConfigurationVersion);
        writer.Write(verdict.Score);
        writer.Write(verdict.RankScore);
        writer.Write(verdict.DistanceToProfile);
        writer.Write(verdict.Surprise);
        writer.Write(verdict.IsAnomaly);
        writer.Write((byte)verdict.Severity);
        writer.Write(verdict.IsLate);
        writer.Write(verdict.IsLearned);
        writer.Write(verdict.SuppressedBy);
        writer.Write((byte)verdict.Evidence.Length);
        foreach (ref readonly Evidence evidence in verdict.Evidence)
        {
            writer.Write(evidence.Code);
            writer.Write(evidence.Contribution);
            writer.Write(evidence.Observed);
            writer.Write(evidence.Expected);
            writer.Write(evidence.Threshold);
            writer.Write(evidence.Significance);
            writer.WriteText(evidence.Subject);
        }

        writer.Flush();
        return buffer.ToArray();
    }

    public static ScoredEvent Read(byte[] bytes, DomainEvent domainEvent)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        int lane = reader.ReadInt32();
        long seq = reader.ReadInt64();
        var verdict = new Verdict(0)
        {
            EmbeddingVersion = reader.ReadInt32(),
            ConfigurationVersion = reader.ReadInt32(),
            Score = reader.ReadDouble(),
            RankScore = reader.ReadDouble(),
            DistanceToProfile = reader.ReadDouble(),
            Surprise = reader.ReadDouble(),
            IsAnomaly = reader.ReadBoolean(),
            Severity = (Severity)reader.ReadByte(),
            IsLate = reader.ReadBoolean(),
            IsLearned = reader.ReadBoolean(),
            SuppressedBy = reader.ReadInt64(),
        };
        int count = reader.ReadByte();
        for (int i = 0; i < count; i++)
        {
            verdict.Add(new Evidence(
                reader.ReadString(),
                reader.ReadDouble(),
                reader.ReadDouble(),
                reader.ReadDouble(),
                reader.ReadDouble(),
                reader.ReadDouble(),
                reader.ReadText()));
        }

        return new ScoredEvent(domainEvent, verdict, lane, seq);
    }
}
