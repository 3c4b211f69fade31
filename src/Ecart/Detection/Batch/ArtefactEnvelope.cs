using System.Security.Cryptography;

namespace Ecart.Detection.Batch;

/// <summary>
/// What every artefact is wrapped in: a mark and the version of the format before, a SHA-256 of it all behind, so that neither a damaged file nor one of a newer
/// program is ever taken for what it is not.
/// </summary>
internal sealed record ArtefactEnvelope
{
    /// <summary>Its first four bytes.</summary>
    public required int Mark { get; init; }

    /// <summary>The format that is written, and the newest that is read.</summary>
    public required int Version { get; init; }

    /// <summary>What an artefact without the mark is not, for example "This is no detector: the artefact does not begin with the mark of one."</summary>
    public required string WithoutMark { get; init; }

    /// <summary>What was saved, with its verb: "The detector was".</summary>
    public required string Saved { get; init; }

    /// <summary>What is damaged. Default "The artefact".</summary>
    public string Damaged { get; init; } = "The artefact";

    /// <summary>What to do without it. Default "train again".</summary>
    public string Remedy { get; init; } = "train again";

    /// <summary>What to do when it is too short to be one at all. Default "Train again."</summary>
    public string ShortRemedy { get; init; } = "Train again.";

    /// <summary>A writer that has written mark and version.</summary>
    public ArtefactWriter Begin()
    {
        var writer = new ArtefactWriter();
        writer.Int(Mark);
        writer.Int(Version);
        return writer;
    }

    /// <summary>What was written, with its checksum.</summary>
    public static byte[] Seal(ArtefactWriter writer) => [.. writer.Written, .. SHA256.HashData(writer.Written)];

    /// <summary>Checks an artefact.</summary>
    /// <returns>A reader of what lies between version and checksum.</returns>
    /// <exception cref="ArtefactException">Damaged, of another kind, or of a newer format.</exception>
    public ArtefactReader Open(ReadOnlySpan<byte> artefact)
    {
        if (artefact.Length < SHA256.HashSizeInBytes + sizeof(int)) throw new ArtefactException($"{Damaged} is damaged: it ends too early. {ShortRemedy}");
        ReadOnlySpan<byte> content = artefact[..^SHA256.HashSizeInBytes];
        var reader = new ArtefactReader(content);
        if (reader.Int() != Mark) throw new ArtefactException(WithoutMark);
        int version = reader.Int();
        if (version > Version)
            throw new ArtefactException($"{Saved} saved in format {version}; this program reads up to {Version}. Use the newer program, or {Remedy}.");
        if (!SHA256.HashData(content).AsSpan().SequenceEqual(artefact[^SHA256.HashSizeInBytes..]))
            throw new ArtefactException($"{Damaged} is damaged: its checksum differs. Restore it from a backup or {Remedy}.");
        return reader;
    }
}
