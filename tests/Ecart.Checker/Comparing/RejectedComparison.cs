using System.Text;
using Ecart.Checker.Producing;
using Ecart.Checker.Service;
using MySqlConnector;

namespace Ecart.Checker.Comparing;

/// <summary>
/// Compares the unreadable records that were produced with those that are kept: each there, with its content, and nothing else. A second row with the
/// same content is one only if the broker holds the record twice, at two offsets; that happens to a producer whose broker fails.
/// </summary>
internal sealed class RejectedComparison(CheckedDatabase database, Findings findings)
{
    /// <summary>Compares.</summary>
    /// <param name="items">What was produced.</param>
    /// <param name="mayRepeat">Whether a record may be at the broker twice.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task RunAsync(IReadOnlyList<ProducedItem> items, bool mayRepeat, CancellationToken cancellationToken)
    {
        var expected = new HashSet<string>(items.Select(item => item.Unreadable).OfType<string>(), StringComparer.Ordinal);
        var found = new HashSet<string>(StringComparer.Ordinal);
        await using MySqlConnection connection = await database.OpenAsync(cancellationToken);
        await using var command = new MySqlCommand("SELECT payload, message FROM rejected_events", connection);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            string payload = Encoding.UTF8.GetString((byte[])row[0]);
            if (!expected.Contains(payload)) findings.Add("rejected records that are none", row.GetString(1));
            else if (!found.Add(payload) && !mayRepeat) findings.Add("rejected record kept twice", payload);
        }

        foreach (string lost in expected.Where(payload => !found.Contains(payload))) findings.Add("rejected record lost", lost);
    }
}
