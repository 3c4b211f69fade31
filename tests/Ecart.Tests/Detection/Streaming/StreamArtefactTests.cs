using System.Security.Cryptography;
using Ecart.Detection.Batch;
using Ecart.Detection.Streaming;
using Ecart.Numerics;
using Xunit;

namespace Ecart.Tests.Detection.Streaming;

public sealed class StreamArtefactTests
{
    public static TheoryData<string> Kinds => [.. StreamDetectors.All];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Restore_DamagedByte_IsRefused(string kind)
    {
        byte[] artefact = Artefact(kind);
        var random = new SeededRandom(1);

        for (int i = 0; i < 20; i++)
        {
            byte[] damaged = [.. artefact];
            damaged[random.Next(damaged.Length)] ^= 0x10;
            Assert.Throws<ArtefactException>(() => StreamArtefact.Restore(damaged));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Restore_Shortened_IsRefused(string kind)
    {
        byte[] artefact = Artefact(kind);

        foreach (int length in new[] { 0, 3, 40, artefact.Length / 2, artefact.Length - 1 })
        {
            Assert.Throws<ArtefactException>(() => StreamArtefact.Restore(artefact.AsSpan(0, length)));
            // Also where the checksum was made for what is left.
            if (length > 8) Assert.Throws<ArtefactException>(() => StreamArtefact.Restore(WithChecksum(artefact.AsSpan(0, length - 4))));
        }
    }

    [Fact]
    public void Restore_NewerFormat_NamesBothVersions()
    {
        byte[] artefact = Artefact(EwMahalanobis.KindName);
        artefact[4] = 9;

        string message = Assert.Throws<ArtefactException>(() => StreamArtefact.Restore(artefact)).Message;

        Assert.Contains("format 9", message, StringComparison.Ordinal);
        Assert.Contains("up to 1", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Restore_UnknownKind_NamesTheKnown()
    {
        byte[] artefact = Artefact(EwMahalanobis.KindName);
        artefact[12] = (byte)'x';

        string message = Assert.Throws<ArtefactException>(() => StreamArtefact.Restore(WithChecksum(artefact.AsSpan(0, artefact.Length - 32)))).Message;

        Assert.Contains("xw_mahalanobis", message, StringComparison.Ordinal);
        Assert.Contains(RandomCutForest.KindName, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Restore_SomethingElse_IsRefused() =>
        Assert.Contains(
            "no streaming detector",
            Assert.Throws<ArtefactException>(() => StreamArtefact.Restore(new byte[100])).Message,
            StringComparison.Ordinal);

    private static byte[] WithChecksum(ReadOnlySpan<byte> bytes) => [.. bytes, .. SHA256.HashData(bytes)];

    private static byte[] Artefact(string kind)
    {
        StreamDetector detector = StreamDetectors.Make(kind, 3);
        Streams.LearnNormal(detector, new SeededRandom(2), 300);
        return detector.Save();
    }
}
