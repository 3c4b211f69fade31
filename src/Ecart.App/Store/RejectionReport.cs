using Ecart.App.Terminal;
using Ecart.MariaDb.Reading;

namespace Ecart.App.Store;

/// <summary>Shows the records that a command has put into the rejected table.</summary>
internal sealed class RejectionReport(string connectionString)
{
    private readonly RejectedEventStore store = new(connectionString);
    private long before;

    /// <summary>Remembers where the table ends.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken) => before = await store.ReadLastIdAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Shows the first of those since.</summary>
    public async Task ShowAsync(int most, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> messages = await store.ReadMessagesAfterAsync(before, most + 1, cancellationToken).ConfigureAwait(false);
        foreach (string message in messages.Take(most)) Output.Note("  rejected: " + message);
        if (messages.Count > most) Output.Note("  ... all of them are in the table rejected_events: source, source_offset, reason, field, value, message");
    }
}
