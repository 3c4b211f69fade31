using System.Runtime.InteropServices;
using System.Text.Json;
using Ecart.Scoring;
using MySqlConnector;
using Xunit;

namespace Ecart.Streaming.Tests.Pipeline;

/// <summary>The verdict of one stored event.</summary>
internal sealed record StoredVerdict
{
    private const string Query =
        """
        SELECT transaction_id, lane, seq, occurred_at, fraud_score, rank_score, surprise, distance_to_profile, is_flagged, severity, is_late, is_learned,
            suppressed_by, HEX(embedding), reasons, city FROM financial_transactions
        """;

    public required int Lane { get; init; }

    public required long Seq { get; init; }

    public required DateTime OccurredAt { get; init; }

    public required double Score { get; init; }

    public required double RankScore { get; init; }

    public required double Surprise { get; init; }

    public required double Distance { get; init; }

    public required bool IsFlagged { get; init; }

    public required string Severity { get; init; }

    public required bool IsLate { get; init; }

    public required bool IsLearned { get; init; }

    public required long SuppressedBy { get; init; }

    public required string Embedding { get; init; }

    public required IReadOnlyList<(string Type, double Score, string Detail)> Reasons { get; init; }

    public required string? City { get; init; }

    public static async Task<Dictionary<string, StoredVerdict>> ReadAllAsync(string connectionString)
    {
        await using var connection = new MySqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new MySqlCommand(Query, connection);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var verdicts = new Dictionary<string, StoredVerdict>(StringComparer.Ordinal);
        while (await row.ReadAsync(TestContext.Current.CancellationToken)) verdicts.Add(row.GetString(0), Read(row));
        return verdicts;
    }

    /// <summary>Bit by bit.</summary>
    public void AssertSame(in ScoredEvent scored)
    {
        Verdict verdict = scored.Verdict;
        Assert.Equal((scored.Lane, scored.Seq, scored.Event.OccurredAt), (Lane, Seq, OccurredAt));
        AssertSame(verdict.Score, Score);
        AssertSame(verdict.RankScore, RankScore);
        AssertSame(verdict.Surprise, Surprise);
        AssertSame(verdict.DistanceToProfile, Distance);
        Assert.Equal(
            (verdict.IsAnomaly, verdict.Severity.ToString(), verdict.IsLate, verdict.IsLearned, verdict.SuppressedBy),
            (IsFlagged, Severity, IsLate, IsLearned, SuppressedBy));
        Assert.Equal(Convert.ToHexString(MemoryMarshal.AsBytes<float>(verdict.Embedding)), Embedding);
        Assert.Equal(verdict.Evidence.Length, Reasons.Count);
        for (int i = 0; i < Reasons.Count; i++)
        {
            Evidence evidence = verdict.Evidence[i];
            Assert.Equal((evidence.Code, EvidenceText.Describe(in evidence)), (Reasons[i].Type, Reasons[i].Detail));
            Assert.Equal(evidence.Contribution, Reasons[i].Score, 1e-6);
        }
    }

    private static void AssertSame(double expected, double actual) =>
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(actual));

    private static StoredVerdict Read(MySqlDataReader row) => new()
    {
        Lane = row.GetInt32(1),
        Seq = row.GetInt64(2),
        OccurredAt = DateTime.SpecifyKind(row.GetDateTime(3), DateTimeKind.Utc),
        Score = Number(row, 4),
        RankScore = Number(row, 5),
        Surprise = Number(row, 6),
        Distance = Number(row, 7),
        IsFlagged = row.GetBoolean(8),
        Severity = Enum.Parse<Severity>(row.GetString(9), ignoreCase: true).ToString(),
        IsLate = row.GetBoolean(10),
        IsLearned = row.GetBoolean(11),
        SuppressedBy = row.IsDBNull(12) ? 0 : row.GetInt64(12),
        Embedding = row.GetString(13),
        Reasons = row.IsDBNull(14) ? [] : ReadReasons(row.GetString(14)),
        City = row.IsDBNull(15) ? null : row.GetString(15),
    };

    private static double Number(MySqlDataReader row, int column) => row.IsDBNull(column) ? double.NaN : row.GetDouble(column);

    private static List<(string Type, double Score, string Detail)> ReadReasons(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        return
        [
            .. document.RootElement.EnumerateArray().Select(reason => (
                reason.GetProperty("type").GetString()!, reason.GetProperty("score").GetDouble(), reason.GetProperty("detail").GetString()!)),
        ];
    }
}
