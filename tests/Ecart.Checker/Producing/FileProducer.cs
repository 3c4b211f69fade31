using System.Text;
using Ecart.Checker.Service;

namespace Ecart.Checker.Producing;

/// <summary>Appends to a file that the service follows. Cuts a line in two now and then, as a writer that is flushed in between does.</summary>
internal sealed class FileProducer(string path, CheckedDatabase database) : IProducer
{
    private readonly FileStream file = new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);

    public async Task ProduceAsync(IReadOnlyList<ProducedItem> items, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        foreach (ProducedItem item in items) text.Append(WireText.Write(item)).Append('\n');
        byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
        int cut = bytes.Length - Math.Min(bytes.Length, 17);
        await file.WriteAsync(bytes.AsMemory(0, cut), cancellationToken);
        await file.FlushAsync(cancellationToken);
        await file.WriteAsync(bytes.AsMemory(cut), cancellationToken);
        await file.FlushAsync(cancellationToken);
    }

    public async Task<bool> IsReadAsync(CancellationToken cancellationToken) =>
        await database.CountAsync($"SELECT COALESCE(MIN(next_offset), 0) >= {file.Length} FROM consumer_offsets", cancellationToken) == 1;

    public ValueTask DisposeAsync() => file.DisposeAsync();
}
