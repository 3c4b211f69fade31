using System.Data;

namespace Ecart.Bench.Pipeline;

/// <summary>Some of the finished rows as a data reader: what MySqlBulkCopy asks of one, and no more.</summary>
internal sealed class RowsReader(object[][] rows, int from, int to) : IDataReader
{
    private int current = from - 1;

    public int FieldCount => rows[from].Length;

    public int Depth => 0;

    public bool IsClosed => false;

    public int RecordsAffected => -1;

    public object this[int i] => rows[current][i];

    public object this[string name] => throw new NotSupportedException();

    public bool Read() => ++current < to;

    public int GetValues(object[] values)
    {
        rows[current].CopyTo(values, 0);
        return FieldCount;
    }

    public object GetValue(int i) => rows[current][i];

    public bool IsDBNull(int i) => rows[current][i] is DBNull;

    public bool NextResult() => false;

    public void Close()
    {
    }

    public void Dispose()
    {
    }

    public DataTable? GetSchemaTable() => throw new NotSupportedException();

    public bool GetBoolean(int i) => throw new NotSupportedException();

    public byte GetByte(int i) => throw new NotSupportedException();

    public long GetBytes(int i, long fieldOffset, byte[]? buffer, int bufferoffset, int length) => throw new NotSupportedException();

    public char GetChar(int i) => throw new NotSupportedException();

    public long GetChars(int i, long fieldoffset, char[]? buffer, int bufferoffset, int length) => throw new NotSupportedException();

    public IDataReader GetData(int i) => throw new NotSupportedException();

    public string GetDataTypeName(int i) => throw new NotSupportedException();

    public DateTime GetDateTime(int i) => throw new NotSupportedException();

    public decimal GetDecimal(int i) => throw new NotSupportedException();

    public double GetDouble(int i) => throw new NotSupportedException();

    public Type GetFieldType(int i) => throw new NotSupportedException();

    public float GetFloat(int i) => throw new NotSupportedException();

    public Guid GetGuid(int i) => throw new NotSupportedException();

    public short GetInt16(int i) => throw new NotSupportedException();

    public int GetInt32(int i) => throw new NotSupportedException();

    public long GetInt64(int i) => throw new NotSupportedException();

    public string GetName(int i) => throw new NotSupportedException();

    public int GetOrdinal(string name) => throw new NotSupportedException();

    public string GetString(int i) => throw new NotSupportedException();
}
