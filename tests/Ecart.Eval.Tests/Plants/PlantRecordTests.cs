using Ecart.Eval.Plants;
using Ecart.Eval.Running;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Eval.Tests.Plants;

public sealed class PlantRecordTests : IDisposable
{
    private readonly TestFolder folder = TestFolder.Create("plant");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_SemicolonsTimeLabelAndOtherColumns_KeepsOnlySignals()
    {
        PlantRecord record = PlantRecord.Read(
            Write("datetime;A;B;anomaly;changepoint\n2020-03-09 10:14:33;1.5;2;0.0;0.0\n2020-03-09 10:14:34;;-3e1;1.0;0.0\n"), "anomaly", "changepoint");

        Assert.Equal(["A", "B"], record.Signals);
        Assert.Equal([1.5f, 2, 1.5f, -30], record.Values.Span.ToArray());
        Assert.Equal([false, true], record.IsAnomaly!);
        Assert.Equal(new DateTime(2020, 3, 9, 10, 14, 34), record.Times![1]);
        Assert.Equal("record", record.Name);
    }

    [Fact]
    public void Read_CommasSpacesAndOtherDates_IsUnderstood()
    {
        PlantRecord record = PlantRecord.Read(Write("DATETIME, L_T1, \"S_PU1\", ATT_FLAG\n04/07/16 00, 2.5, 1, -999\n04/07/16 01, nan, 0, 1\n\n"), "att_flag");

        Assert.Equal(["L_T1", "S_PU1"], record.Signals);
        Assert.Equal([2.5f, 1, 2.5f, 0], record.Values.Span.ToArray());
        Assert.Equal([false, true], record.IsAnomaly!);
        Assert.Equal(new DateTime(2016, 7, 4, 1, 0, 0), record.Times![1]);
    }

    [Theory]
    [InlineData("time,anomaly\n1,0\n", "no column of a signal")]
    [InlineData("a,b\n1,2\n1\n", "line 3 has 1 cells")]
    [InlineData("a,b\n1,x\n", "line 2, column b: 'x'")]
    public void Read_UnusableFile_NamesWhere(string text, string named)
    {
        string path = Write(text);

        string message = Assert.Throws<EvaluationException>(() => PlantRecord.Read(path, "anomaly")).Message;

        Assert.Contains(named, message, StringComparison.Ordinal);
        Assert.Contains(path, message, StringComparison.Ordinal);
    }

    private string Write(string text)
    {
        string path = Path.Combine(folder.Path, "record.csv");
        File.WriteAllText(path, text);
        return path;
    }
}
