export const id=165;export const ids=[165];export const modules={2165:(t,o,n)=>{n.r(o),n.d(o,{main:()=>r});var e=n(3424);async function r(){(0,e.pq)("not there yet")}}};
