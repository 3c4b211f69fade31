using System.Text;
using Ecart.Checker.Producing;
using Ecart.Streaming.Live;
using Ecart.Streaming.Sources;

namespace Ecart.Checker.Service;

/// <summary>Follows the file of a <see cref="FileProducer"/> from where it is committed. Knows nothing of damaged or replaced files.</summary>
internal sealed class GrowingFileSource(string path, TimeProvider timeProvider) : ILiveSource
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(10);

    public string Name => "growing file";

    public async Task RunAsync(IIntake intake, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<int, long> positions = await intake.ReadPositionsAsync(Name, cancellationToken);
        await using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite);
        long offset = file.Position = positions.GetValueOrDefault(0);
        var buffer = new byte[1 << 16];
        int length = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            if (length == buffer.Length) Array.Resize(ref buffer, 2 * length);
            int read = await file.ReadAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0) await Task.Delay(LookAgain, timeProvider, cancellationToken);
            length += read;
            int taken = 0;
            for (int end; (end = buffer.AsSpan(taken, length - taken).IndexOf((byte)'\n')) >= 0; taken += end + 1)
            {
                ProducedItem item = WireText.Read(Encoding.UTF8.GetString(buffer, taken, end));
                long line = offset + taken;
                await intake.EnterAsync(
                    new IntakeItem(
                        new ReplayItem(item.Event, item.Label, null, Name, line), new SourcePosition(Name, 0, line + end + 1), null),
                    cancellationToken);
            }

            buffer.AsSpan(taken, length - taken).CopyTo(buffer);
            length -= taken;
            offset += taken;
        }
    }
}
