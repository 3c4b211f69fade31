using System.Buffers.Binary;
using MySqlConnector;

namespace Ecart.MariaDb.Reading;

/// <summary>Looks up which uids are stored. Not thread-safe: it owns memory that it uses again.</summary>
public sealed class EventKeyStore
{
    private const int HashBytes = 16;

    // One value that is cut up row by row, instead of a list that the server parses and optimises value by value.
    private const string Select =
        """
        SELECT k.uid_hash, k.content_hash, k.lane, k.seq, k.occurred_at
        FROM seq_0_to_1000000 n STRAIGHT_JOIN event_keys k ON k.uid_hash = SUBSTR(@hashes, 16 * n.seq + 1, 16)
        WHERE n.seq < @count
        """;

    private readonly List<UInt128> sorted = [];
    private byte[] hashes = [];

    /// <summary>Finds the stored ones among at most a million keys, in one query.</summary>
    public async Task<Dictionary<UInt128, EventKey>> FindAsync(
        MySqlConnection connection, IReadOnlyList<UInt128> keys, CancellationToken cancellationToken)
    {
        var found = new Dictionary<UInt128, EventKey>();
        ReadOnlyMemory<byte> asked = Concatenate(keys);
        if (asked.IsEmpty) return found;
        await using var command = new MySqlCommand(Select, connection);
        command.Parameters.AddWithValue("@hashes", asked);
        command.Parameters.AddWithValue("@count", asked.Length / HashBytes);
        await using MySqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var hash = new byte[HashBytes];
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            reader.GetBytes(0, 0, hash, 0, hash.Length);
            found[BinaryPrimitives.ReadUInt128BigEndian(hash)] = new EventKey(
                reader.GetUInt64(1), reader.GetInt32(2), reader.GetInt64(3), DateTime.SpecifyKind(reader.GetDateTime(4), DateTimeKind.Utc));
        }

        return found;
    }

    /// <summary>The keys that are not 0 as bytes, in the order of the table.</summary>
    private ReadOnlyMemory<byte> Concatenate(IReadOnlyList<UInt128> keys)
    {
        sorted.Clear();
        foreach (UInt128 key in keys)
            if (key != UInt128.Zero) sorted.Add(key);
        sorted.Sort();
        if (hashes.Length < sorted.Count * HashBytes) hashes = new byte[sorted.Count * HashBytes];
        for (int i = 0; i < sorted.Count; i++) BinaryPrimitives.WriteUInt128BigEndian(hashes.AsSpan(i * HashBytes), sorted[i]);
        return hashes.AsMemory(0, sorted.Count * HashBytes);
    }
}
