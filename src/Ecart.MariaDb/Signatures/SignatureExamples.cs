using Ecart.Domains.Network;
using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Writing;
using MySqlConnector;

namespace Ecart.MariaDb.Signatures;

/// <summary>Reads what a signature is learned from: connections that people confirmed to be a threat, as the layout has them. Thread-safe.</summary>
public sealed class SignatureExamples(string connectionString)
{
    private const string Vectors =
        "SELECT COALESCE(layout_embedding, embedding) FROM network_connections WHERE NOT is_late AND (embedding_version = @layout OR layout_embedding IS NOT NULL)";

    /// <summary>Confirmed threats of the newest days, the newest first.</summary>
    /// <param name="threatType">Only those whose verdict is of this class; null for all.</param>
    /// <param name="window">Length of event time before the newest connection that is looked at.</param>
    /// <param name="most">Examples at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<float[]>> ReadConfirmedAsync(string? threatType, TimeSpan window, int most, CancellationToken cancellationToken)
    {
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        await using var command = new MySqlCommand(
            $"""
             {Vectors} AND is_confirmed_threat AND (@type IS NULL OR threat_type = @type)
               AND occurred_at >= (SELECT MAX(occurred_at) FROM network_connections) - INTERVAL @minutes MINUTE
             ORDER BY occurred_at DESC, lane, seq LIMIT {most}
             """,
            connection);
        command.Parameters.AddWithValue("@layout", NetworkLayout.Version);
        command.Parameters.AddWithValue("@type", threatType);
        command.Parameters.AddWithValue("@minutes", (long)window.TotalMinutes);
        return await ReadAsync(command, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Connections by their uids, whatever people have said of them; unknown uids are left out.</summary>
    public async Task<IReadOnlyList<float[]>> ReadAsync(IReadOnlyCollection<string> uids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(uids);
        const int AtOnce = 1000;
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        var found = new List<float[]>();
        foreach (string[] some in uids.Distinct(StringComparer.Ordinal).Chunk(AtOnce))
        {
            await using var command = new MySqlCommand(
                $"{Vectors} AND connection_id IN ({string.Join(',', some.Select((_, i) => $"@u{i}"))}) ORDER BY occurred_at, lane, seq", connection);
            command.Parameters.AddWithValue("@layout", NetworkLayout.Version);
            for (int i = 0; i < some.Length; i++) command.Parameters.AddWithValue($"@u{i}", some[i]);
            found.AddRange(await ReadAsync(command, cancellationToken).ConfigureAwait(false));
        }

        return found;
    }

    private static async Task<List<float[]>> ReadAsync(MySqlCommand command, CancellationToken cancellationToken)
    {
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var vectors = new List<float[]>();
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false)) vectors.Add(VectorColumn.Read(row, 0).ToArray());
        return vectors;
    }
}
