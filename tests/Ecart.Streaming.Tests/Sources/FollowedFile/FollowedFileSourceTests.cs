using Ecart.Streaming.Live;
using Xunit;
using static Ecart.Streaming.Tests.Files.FileCase;

namespace Ecart.Streaming.Tests.Sources.FollowedFile;

public sealed class FollowedFileSourceTests : IDisposable
{
    private readonly GrowingFile file = new();
    private readonly CollectingIntake intake = new();

    public void Dispose() => file.Dispose();

    [Fact]
    public Task RunAsync_FileComesLaterAndGrows_HandsInEachRecordInOrder() => file.FollowAsync(intake, async () =>
    {
        file.Append(Header);
        file.Append(Row("a") + Row("b"));
        Assert.Equal("a b", await intake.TakeUidsAsync(2));
        file.Append(Row("c") + "broken line\n" + Row("d"));
        Assert.Equal("c Malformed d", await intake.TakeUidsAsync(3));
    });

    [Fact]
    public async Task RunAsync_Restarted_GoesOnBehindTheLastCommittedLine()
    {
        file.Append(Header + Row("a") + Row("b"));
        await file.FollowAsync(intake, () => intake.TakeAsync(2));
        file.Append(Row("c"));
        await file.FollowAsync(intake, async () => Assert.Equal("c", await intake.TakeUidsAsync(1)));
        Assert.True(intake.IsEmpty);
    }

    [Fact]
    public Task RunAsync_RenamedAndBegunAnew_ReadsTheRestOfTheOldFileFirst() => file.FollowAsync(intake, async () =>
    {
        file.Append(Header + Row("a"));
        Assert.Equal("a", await intake.TakeUidsAsync(1));
        File.Move(file.Path, file.Rotated(".1"));
        File.AppendAllText(file.Rotated(".1"), Row("b") + Row("c").TrimEnd('\n'));
        file.Append(Header + Row("d"));
        Assert.Equal("b c d", await intake.TakeUidsAsync(3));
        file.Append(Row("e"));
        Assert.Equal("e", await intake.TakeUidsAsync(1));
    });

    [Fact]
    public async Task RunAsync_RotatedTwiceWhileStopped_LosesNothing()
    {
        file.Append(Header + Row("a") + Row("b"));
        await file.FollowAsync(intake, () => intake.TakeAsync(1));
        intake.Positions[intake.Positions.Keys.Single()] = (Header + Row("a")).Length;
        var rest = new CollectingIntake();
        foreach ((string source, long position) in intake.Positions) rest.Positions[source] = position;
        File.Move(file.Path, file.Rotated(".2"));
        file.Append(Header + Row("c"));
        File.Move(file.Path, file.Rotated(".1"));
        file.Append(Header + Row("d"));
        await file.FollowAsync(rest, async () => Assert.Equal("b c d", await rest.TakeUidsAsync(3)));
        await file.FollowAsync(rest, async () =>
        {
            file.Append(Row("e"));
            Assert.Equal("e", await rest.TakeUidsAsync(1));
        });
        Assert.True(rest.IsEmpty);
    }

    [Fact]
    public async Task RunAsync_CopiedAndCutWhileStopped_ReadsTheRestOfTheCopyFirst()
    {
        file.Append(Header + Row("a"));
        await file.FollowAsync(intake, () => intake.TakeAsync(1));
        file.Append(Row("b"));
        File.Copy(file.Path, file.Rotated("-20261124"));
        File.WriteAllText(file.Path, Header + Row("c"));
        await file.FollowAsync(intake, async () => Assert.Equal("b c", await intake.TakeUidsAsync(2)));
        Assert.True(intake.IsEmpty);
    }

    [Fact]
    public Task RunAsync_CutAndWrittenAnew_ReadsFromTheStart() => file.FollowAsync(intake, async () =>
    {
        file.Append(Header + Row("a") + Row("b"));
        Assert.Equal("a b", await intake.TakeUidsAsync(2));
        File.WriteAllText(file.Path, Header + Row("c"));
        Assert.Equal("c", await intake.TakeUidsAsync(1));
    });

    [Fact]
    public Task RunAsync_OldRotationsAtFirstStart_AreNotRead()
    {
        file.Append(Header + Row("old"));
        File.Move(file.Path, file.Rotated(".1"));
        file.Append(Header + Row("a"));
        return file.FollowAsync(intake, async () => Assert.Equal("a", await intake.TakeUidsAsync(1)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task RunAsync_TruthInTheRecords_BecomesLabelsThatAloneMoveThePosition(bool labels) => file.FollowAsync(
        intake,
        async () =>
        {
            const string WithTruth = "uid,account,occurred_at,amount,label\n";
            const string Fraud = "a,A1,2018-04-01 07:30:00,57.16,1\n";
            file.Append(WithTruth + Fraud + "b,A1,2018-04-01 08:30:00,57.16,0\n");
            List<IntakeItem> items = await intake.TakeAsync(labels ? 3 : 2);
            Assert.Equal(labels, items[0].Position is null);
            if (labels) Assert.Equal(("a", true, (WithTruth + Fraud).Length), (items[1].Item.Label!.EventUid, items[1].Item.Label!.IsFraud, items[1].Position!.Value.NextOffset));
            Assert.Equal("b", items[^1].Item.Event!.EventUid);
        },
        labels);

    [Fact]
    public async Task RunAsync_ColumnsThatCannotBeMapped_SaysSo()
    {
        file.Append("colour,shape\nred,round\n");
        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(() => file.FollowAsync(intake, () => intake.TakeAsync(1)));
        Assert.Contains(file.Path, error.Message, StringComparison.Ordinal);
    }
}
