using Ecart.Domains.Transactions;
using Ecart.Events.Decoding;
using Ecart.Streaming.Files;
using Ecart.Streaming.Sources.FollowedFile;
using Xunit;
using static Ecart.Streaming.Tests.Files.FileCase;

namespace Ecart.Streaming.Tests.Sources.FollowedFile;

public sealed class FollowedReaderTests : IDisposable
{
    private readonly GrowingFile file = new();

    public void Dispose() => file.Dispose();

    [Fact]
    public void TryRead_LineHalfWritten_WaitsForTheRest()
    {
        file.Append(Header + Row("a"));
        using FollowedReader reader = Open(0);
        Assert.Equal("a", Next(reader));
        string row = Row("b");
        foreach (char character in row[..^1])
        {
            file.Append(character.ToString());
            Assert.Null(Next(reader));
        }

        Assert.Equal((Header + Row("a")).Length, reader.Position);
        file.Append("\n");
        Assert.Equal("b", Next(reader));
        Assert.Equal(reader.Length, reader.Position);
    }

    [Fact]
    public void TryRead_QuotedTextWithLineEndsHalfWritten_WaitsForTheClosingQuote()
    {
        file.Append(Header + Row("a"));
        using FollowedReader reader = Open(0);
        Assert.Equal("a", Next(reader));
        file.Append("b,A1,2018-04-01 07:30:00,57.16,\"Lyon\nQuartier");
        Assert.Null(Next(reader));
        file.Append(" \"\"Sud\"\"\"");
        Assert.Null(Next(reader));
        file.Append("\n" + Row("c"));
        Assert.Equal("b", Next(reader));
        Assert.Equal("c", Next(reader));
    }

    [Fact]
    public void TryRead_GrowthEnded_LastLineWithoutEndIsARecord()
    {
        file.Append(Header + Row("a") + Row("b").TrimEnd('\n'));
        using FollowedReader reader = Open(0);
        Assert.Equal("a", Next(reader));
        Assert.Null(Next(reader));
        reader.EndGrowth();
        Assert.Equal("b", Next(reader));
        Assert.Null(Next(reader));
    }

    [Fact]
    public void TryOpen_FromAPosition_GoesOnThereWithTheRightLineNumber()
    {
        file.Append(Header + Row("a") + Row("b") + Row("c"));
        using FollowedReader reader = Open((Header + Row("a")).Length);
        Assert.True(reader.TryRead(out FileRecord record));
        Assert.Equal(("b", 3), (record.Event!.EventUid, record.Line));
    }

    [Fact]
    public void IsReplaced_CutAndWrittenAnew_IsNoticedEvenWhenLongerThanBefore()
    {
        file.Append(Header + Row("a"));
        using FollowedReader reader = Open(0);
        Assert.Equal("a", Next(reader));
        Assert.False(reader.IsReplaced);
        File.WriteAllText(file.Path, Header + Row("x") + Row("y") + Row("z"));
        Assert.True(reader.IsReplaced);
    }

    [Fact]
    public void Identity_FirstRecordIncomplete_IsNotKnown()
    {
        file.Append(Header + "a,A1");
        Assert.Empty(FileGeneration.List(file.Path, FileFormat.Detect));
        file.Append(",2018-04-01 07:30:00,57.16,Lyon\n");
        FileIdentity identity = Assert.Single(FileGeneration.List(file.Path, FileFormat.Detect)).Identity;
        file.Append(Row("b"));
        File.Move(file.Path, file.Rotated(".1"));
        Assert.Equal(identity, Assert.Single(FileGeneration.List(file.Path, FileFormat.Detect)).Identity);
    }

    [Fact]
    public void List_OtherNames_AreNotRotations()
    {
        file.Append(Header + Row("a"));
        foreach (string suffix in (string[])[".bak", ".md5", "x", "-notes"]) File.Copy(file.Path, file.Rotated(suffix));
        File.Copy(file.Path, file.Rotated("-20261124"));
        Assert.Equal([file.Rotated("-20261124"), file.Path], FileGeneration.List(file.Path, FileFormat.Detect).Select(generation => generation.Path));
    }

    private static string? Next(FollowedReader reader) => reader.TryRead(out FileRecord record) ? record.Event?.EventUid ?? record.Rejected!.EventUid : null;

    private FollowedReader Open(long position)
    {
        var decoder = new TransactionDecoder();
        FileGeneration generation = FileGeneration.List(file.Path, FileFormat.Detect)[^1];
        Assert.True(FollowedReader.TryOpen(generation, position, "file", decoder, FieldMap.Automatic(decoder.Schema), FileFormat.Detect, out FollowedReader? reader));
        return reader;
    }
}
