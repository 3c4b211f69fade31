using Ecart.Streaming.Live;

namespace Ecart.Streaming.Sources.FollowedFile;

/// <summary>How far each of a path's files was read: what this process handed in, else what the store says. One reader.</summary>
internal sealed class ReachedPositions(string name, IIntake intake)
{
    private readonly Dictionary<FileIdentity, long> reached = [];
    private readonly HashSet<FileIdentity> asked = [];

    /// <summary>The source under which a file's positions are kept, and which its records name.</summary>
    public string SourceOf(FileIdentity identity) => $"{name} {identity}";

    /// <summary>Remembers what was handed in.</summary>
    public void Set(FileIdentity identity, long position) => reached[identity] = position;

    /// <summary>
    /// Where to go on in a file; null when it was never read. A copy that rotation made goes on where the original was left: it has the beginning of
    /// the one file and the inode of none, so the inodes of the others are tried with its beginning.
    /// </summary>
    public async Task<long?> FindAsync(FileGeneration generation, IReadOnlyList<FileGeneration> all, CancellationToken cancellationToken)
    {
        FileIdentity own = generation.Identity;
        if (await FindAsync(own, cancellationToken).ConfigureAwait(false) is { } known) return Within(known, generation);
        foreach (FileGeneration other in all)
        {
            long? copied = await FindAsync(own with { Inode = other.Identity.Inode }, cancellationToken).ConfigureAwait(false);
            if (copied is { } position) return Within(position, generation);
        }

        return null;
    }

    private static long Within(long position, in FileGeneration generation) => position <= generation.Length ? position : 0;

    private async Task<long?> FindAsync(FileIdentity identity, CancellationToken cancellationToken)
    {
        if (!reached.ContainsKey(identity) && asked.Add(identity))
        {
            IReadOnlyDictionary<int, long> stored = await intake.ReadPositionsAsync(SourceOf(identity), cancellationToken).ConfigureAwait(false);
            if (stored.TryGetValue(0, out long position)) reached[identity] = position;
        }

        return reached.TryGetValue(identity, out long known) ? known : null;
    }
}
