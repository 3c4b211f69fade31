using System.Globalization;
using System.Text.Json;
using Ecart.MariaDb.Access;
using MySqlConnector;

namespace Ecart.MariaDb.Calibration;

/// <summary>Candidates that run in shadow. Every change is in the audit log, in its own transaction. Thread-safe.</summary>
public sealed class CandidateStore(string connectionString)
{
    private const string Columns = "candidate_id, domain, base_version, severity, positions, reason, created_by, created_at";
    private readonly PooledStore store = new(connectionString);

    /// <summary>Those of a domain that run, the newest first.</summary>
    public Task<IReadOnlyList<CalibrationCandidate>> ReadAsync(string domain, CancellationToken cancellationToken) => store.ReadAsync(
        $"SELECT {Columns} FROM calibration_candidates WHERE domain = @domain AND outcome IS NULL ORDER BY candidate_id DESC", Read, cancellationToken, ("@domain", domain));

    /// <summary>One that runs; null when there is none of that number.</summary>
    public async Task<CalibrationCandidate?> FindAsync(long id, CancellationToken cancellationToken) =>
        (await store.ReadAsync(
            $"SELECT {Columns} FROM calibration_candidates WHERE candidate_id = @id AND outcome IS NULL", Read, cancellationToken, ("@id", id)).ConfigureAwait(false)) is [var found]
            ? found
            : null;

    /// <summary>Lets thresholds run beside the live ones from now on.</summary>
    /// <returns>Their number.</returns>
    public Task<long> AddAsync(string domain, int baseVersion, string severity, string reason, string by, CancellationToken cancellationToken) => store.ChangeAsync(
        async transaction =>
        {
            await using MySqlCommand add = PooledStore.Command(
                transaction,
                """
                INSERT INTO calibration_candidates (domain, base_version, severity, positions, reason, created_by)
                SELECT @domain, @version, @severity, COALESCE(JSON_ARRAYAGG(JSON_OBJECT('lane', l.lane, 'seq', l.seq)), '[]'), @reason, @by
                FROM lanes l WHERE l.domain = @domain
                """,
                ("@domain", domain), ("@version", baseVersion), ("@severity", severity), ("@reason", reason), ("@by", by));
            await add.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            long id = add.LastInsertedId;
            await TellAsync(transaction, by, "shadow", id, domain, reason, cancellationToken).ConfigureAwait(false);
            return id;
        },
        cancellationToken);

    /// <summary>Ends one.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="isApplied">Whether its thresholds were put in force.</param>
    /// <param name="reason">Why.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False when none of that number runs.</returns>
    public Task<bool> EndAsync(long id, bool isApplied, string reason, string by, CancellationToken cancellationToken) => store.ChangeAsync(
        async transaction =>
        {
            int found = await PooledStore.ExecuteAsync(
                transaction,
                "UPDATE calibration_candidates SET outcome = @outcome, ended_by = @by, ended_at = UTC_TIMESTAMP(6) WHERE candidate_id = @id AND outcome IS NULL",
                cancellationToken,
                ("@outcome", isApplied ? "applied" : "withdrawn"), ("@by", by), ("@id", id)).ConfigureAwait(false);
            if (found > 0) await TellAsync(transaction, by, isApplied ? "apply" : "withdraw", id, null, reason, cancellationToken).ConfigureAwait(false);
            return found > 0;
        },
        cancellationToken);

    private static Task TellAsync(MySqlTransaction transaction, string by, string action, long id, string? domain, string reason, CancellationToken cancellationToken)
    {
        var detail = new Dictionary<string, string> { ["reason"] = reason };
        if (domain is not null) detail["domain"] = domain;
        return AuditLog.AppendAsync(transaction, by, action, "candidate", id.ToString(CultureInfo.InvariantCulture), detail, cancellationToken);
    }

    private static CalibrationCandidate Read(MySqlDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetInt32(2), row.GetString(3), PositionsOf(row.GetString(4)), row.GetString(5), row.GetString(6), row.GetDateTime(7));

    private static Dictionary<int, long> PositionsOf(string json)
    {
        using JsonDocument positions = JsonDocument.Parse(json);
        return positions.RootElement.EnumerateArray().ToDictionary(one => one.GetProperty("lane").GetInt32(), one => one.GetProperty("seq").GetInt64());
    }
}
