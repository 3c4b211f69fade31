namespace Ecart.MariaDb.Tests.Sql;

/// <summary>A transaction as a test stores it: an ordinary one unless told otherwise.</summary>
internal sealed record TransactionRow
{
    private const string Insert =
        """
        INSERT INTO financial_transactions (
            lane, seq, transaction_id, account_id, occurred_at, amount, scored_amount, merchant_id, channel, country, latitude, longitude,
            device_id, ip_address, utc_offset_minutes, embedding, embedding_version, is_flagged, is_late, is_confirmed_fraud, suppressed_by,
            fraud_score, configuration_version)
        VALUES (7, @0, @1, @2, @3, @4, @4, @5, @6, @7, @8, @9, @10, @11, @12, @13, @14, @15, @16, @17, @18, @19, 1)
        """;

    private static long newestSeq = 10_000;

    public static DateTime Noon { get; } = new(2026, 3, 10, 12, 0, 0, DateTimeKind.Utc);

    public long Seq { get; init; } = Interlocked.Increment(ref newestSeq);

    public required string Id { get; init; }

    public required string Account { get; init; }

    public DateTime OccurredAt { get; init; } = Noon;

    public double Amount { get; init; } = 50;

    public string Channel { get; init; } = "online";

    public string? Country { get; init; }

    public double? Latitude { get; init; }

    public double? Longitude { get; init; }

    public string? Merchant { get; init; }

    public string? Device { get; init; }

    public string? Address { get; init; }

    public int UtcOffsetMinutes { get; init; }

    public float[] Embedding { get; init; } = UnitVector.At(0);

    public int EmbeddingVersion { get; init; } = 1;

    public bool IsFlagged { get; init; }

    public bool IsLate { get; init; }

    public bool? IsConfirmedFraud { get; init; }

    public long? SuppressedBy { get; init; }

    public double? Score { get; init; }

    public Task StoreAsync(SqlDatabase database) => database.ExecuteAsync(
        Insert, Seq, Id, Account, OccurredAt, Amount, Merchant, Channel, Country, Latitude, Longitude, Device, Address,
        UtcOffsetMinutes, Embedding, EmbeddingVersion, IsFlagged, IsLate, IsConfirmedFraud, SuppressedBy, Score);
}
