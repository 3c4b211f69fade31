using Ecart.Eval.Running;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Eval.Tests.Running;

public sealed class ResultTableTests
{
    [Fact]
    public void Put_SameKey_ReplacesRowAndSortsByKey()
    {
        using var folder = TestFolder.Create("results");
        string path = Path.Combine(folder.Path, "new", "figures.csv");
        var table = new ResultTable(path, ["test", "feedback", "auc"], keyColumns: 2);

        table.Put(["b", "on", "0.5"]);
        table.Put(["a", "on", "0.6"]);
        table.Put(["b", "on", "0.7"]);

        Assert.Equal("test,feedback,auc\na,on,0.6\nb,on,0.7\n", File.ReadAllText(path));
    }

    [Fact]
    public void Put_FileOfOtherColumns_StartsAnew()
    {
        using var folder = TestFolder.Create("results");
        string path = Path.Combine(folder.Path, "figures.csv");
        File.WriteAllText(path, "test,auc\na,0.6\n");

        new ResultTable(path, ["test", "feedback", "auc"], keyColumns: 2).Put(["b", "on", "0.7"]);

        Assert.Equal("test,feedback,auc\nb,on,0.7\n", File.ReadAllText(path));
    }
}
