using Ecart.MariaDb.Schema;
using Xunit;

namespace Ecart.MariaDb.Tests.Schema;

public sealed class SqlScriptTests
{
    [Theory]
    [InlineData("SELECT 1; SELECT 2;", "SELECT 1|SELECT 2")]
    [InlineData("SELECT ';''\\';'; SELECT `a``;`;", "SELECT ';''\\';'|SELECT `a``;`")]
    [InlineData("-- one; two\nSELECT 1; # three;\n/* four; */ SELECT 2;", "SELECT 1|SELECT 2")]
    [InlineData("SELECT 1 -- it's ; here\n + 2;", "SELECT 1 -- it's ; here\n + 2")]
    [InlineData("SELECT 1--1;", "SELECT 1--1")]
    [InlineData("DELIMITER $$\nBEGIN a; b; END$$\ndelimiter ;\nSELECT 1;", "BEGIN a; b; END|SELECT 1")]
    [InlineData(" ;; \n", "")]
    public void Split_Script_GivesItsStatements(string script, string expected) =>
        Assert.Equal(expected, string.Join('|', SqlScript.Split(script).Select(statement => statement.Text)));

    [Fact]
    public void Split_CommentsBefore_LineIsTheStatements() =>
        Assert.Equal([3, 5], SqlScript.Split("-- a\r\n\r\nSELECT\r\n1;\r\nSELECT 2;").Select(statement => statement.Line));

    [Theory]
    [InlineData("SELECT 1;\nSELECT 2", "line 2")]
    [InlineData("SELECT 'open;", "no end")]
    [InlineData("/* open", "no end")]
    public void Split_NoEnd_NamesTheLine(string script, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => SqlScript.Split(script)).Message);
}
