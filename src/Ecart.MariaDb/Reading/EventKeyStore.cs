using System.Buffers.Binary;
using System.Text;
using MySqlConnector;

namespace Ecart.MariaDb.Reading;

/// <summary>Looks up which uids are stored. Not thread-safe: it owns its statement's memory.</summary>
public sealed class EventKeyStore
{
    private readonly StringBuilder sql = new();

    /// <summary>Finds the stored ones among keys, in one query.</summary>
    public async Task<Dictionary<UInt128, EventKey>> FindAsync(
        MySqlConnection connection, IReadOnlyList<UInt128> keys, CancellationToken cancellationToken)
    {
        var found = new Dictionary<UInt128, EventKey>();
        if (!WriteQuery(keys)) return found;
        await using var command = new MySqlCommand(sql.ToString(), connection);
        await using MySqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var hash = new byte[16];
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            reader.GetBytes(0, 0, hash, 0, hash.Length);
            found[BinaryPrimitives.ReadUInt128BigEndian(hash)] = new EventKey(
                reader.GetUInt64(1), reader.GetInt32(2), reader.GetInt64(3), DateTime.SpecifyKind(reader.GetDateTime(4), DateTimeKind.Utc));
        }

        return found;
    }

    private bool WriteQuery(IReadOnlyList<UInt128> keys)
    {
        sql.Clear().Append("SELECT uid_hash, content_hash, lane, seq, occurred_at FROM event_keys WHERE uid_hash IN (");
        int head = sql.Length;
        Span<char> text = stackalloc char[32];
        foreach (UInt128 key in keys)
        {
            if (key == UInt128.Zero) continue;
            key.TryFormat(text, out int length, "x32", null);
            sql.Append("x'").Append(text[..length]).Append("',");
        }

        if (sql.Length == head) return false;
        sql.Length--;
        sql.Append(')');
        return true;
    }
}
